import type { Random } from '../../src/random.ts'

/** Which requests a fault befalls. */
export interface Scope {
  /** Only requests that name this channel. */
  readonly channel?: string
  /** How many requests it befalls; without it all until it is switched off. */
  readonly times?: number
  /** How likely each is to be befallen, 0 to 1; without it certain. */
  readonly chance?: number
}

export interface Switches<Faults> {
  /** Switches a fault on; on again replaces its settings. */
  on<Name extends keyof Faults>(name: Name, settings: Faults[Name]): void
  off(name: keyof Faults): void
  allOff(): void
}

export interface FaultBoard<Faults, Target> extends Switches<Faults> {
  /** The settings of a fault that befalls this request, counted against `times`. */
  befalls<Name extends keyof Faults>(name: Name, target?: Target, channel?: string): Faults[Name] | undefined
}

/** A board of switches, all off. `targetsOf` says at what alone a fault is aimed: methods, routes. */
export function createFaultBoard<Faults extends { readonly [Name in keyof Faults]: Scope }, Target>(
  random: Random,
  targetsOf: (settings: Faults[keyof Faults]) => readonly Target[] | undefined,
): FaultBoard<Faults, Target> {
  const active: { -readonly [Name in keyof Faults]?: Faults[Name] } = {}
  const left = new Map<keyof Faults, number>()
  return {
    on(name, settings) {
      active[name] = settings
      left.set(name, settings.times ?? Number.POSITIVE_INFINITY)
    },
    off(name) {
      left.delete(name)
    },
    allOff() {
      left.clear()
    },
    befalls(name, target, channel) {
      const settings = settingsOf(active, name)
      const remaining = left.get(name) ?? 0
      if (settings === undefined || remaining <= 0) return undefined
      const targets = targetsOf(settings)
      if (targets !== undefined && (target === undefined || !targets.includes(target))) return undefined
      if (settings.channel !== undefined && settings.channel !== channel) return undefined
      if (settings.chance !== undefined && random.next() >= settings.chance) return undefined
      left.set(name, remaining - 1)
      return settings
    },
  }
}

function settingsOf<All, Name extends keyof All>(
  all: { [Each in keyof All]?: All[Each] },
  name: Name,
): All[Name] | undefined {
  return all[name]
}
