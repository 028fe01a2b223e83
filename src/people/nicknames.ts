import { nicknameGroups } from './nickname-groups.ts'

const ownNames: ReadonlySet<string> = new Set(
  'jean marc mark carl karl paul andre jose marie anna anne john mari maria emil leon luca emma juan eric erik adam alan albert hans jana dana nina sara martin simon robert roman julia jonas dimitri george louis henri ernest bernard august victor joseph philip felix kurt otto oscar rosa laura elena irena ivan igor yuri omar amir samir karim hamid rashid majid said anil amit asha usha maya lata ajay vijay'.split(
    ' ',
  ),
)

const together: ReadonlyMap<string, ReadonlySet<string>> = grouped()

/** True when both are forms of one given name: `theodore` and `ted`. Plain lower-case letters. */
export function areNicknames(a: string, b: string): boolean {
  return together.get(a)?.has(b) === true
}

/** True for a name that is no other's beginning, though one begins so: Carl is not Carlos. */
export function isNameOfItsOwn(name: string): boolean {
  return ownNames.has(name)
}

/** First letters under which a given name may be met, its own left out. */
export function otherInitials(name: string): readonly string[] {
  const others = together.get(name)
  return others === undefined ? [] : [...new Set([...others].map((other) => other.charAt(0)))]
}

function grouped(): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>()
  for (const line of nicknameGroups.trim().split('\n')) {
    const names = line.split(' ')
    for (const name of names) {
      const known = all.get(name) ?? new Set<string>()
      for (const other of names) known.add(other)
      all.set(name, known)
    }
  }
  return all
}
