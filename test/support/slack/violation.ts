/** Something in a payload that Slack refuses, or takes although it is not meant. */
export interface Problem {
  /** The limit's name, e.g. `header-text`. */
  readonly rule: string
  /** JSON pointer into the request, as in Slack's own messages. */
  readonly pointer: string
  readonly message: string
  /** Refused by the servers; else taken, and wrong all the same. */
  readonly refused: boolean
}

export interface FakeViolation extends Omit<Problem, 'refused'> {
  readonly at: number
  /** The Web API method, or where else it was sent. */
  readonly where: string
}

export function refusedAt(rule: string, pointer: string, message: string): Problem {
  return { rule, pointer, message, refused: true }
}

export function unwantedAt(rule: string, pointer: string, message: string): Problem {
  return { rule, pointer, message, refused: false }
}

/** The length of a text against its limit; a text that is missing only where it is needed. */
export function lengthAt(
  rule: string,
  pointer: string,
  text: unknown,
  most: number,
  needed = true,
): readonly Problem[] {
  if (text === undefined || text === null) return needed ? [refusedAt(rule, pointer, 'missing required field')] : []
  if (typeof text !== 'string') return [refusedAt(rule, pointer, 'must be a string')]
  if (text.length === 0 && needed) return [refusedAt(rule, pointer, 'must be more than 0 characters')]
  return text.length > most ? [refusedAt(rule, pointer, `must be less than ${most + 1} characters`)] : []
}

/** How many there are against how many there may be. */
export function countAt(rule: string, pointer: string, count: number, most: number, least = 1): readonly Problem[] {
  if (count > most) return [refusedAt(rule, pointer, `no more than ${most} items allowed`)]
  return count < least ? [refusedAt(rule, pointer, `must have at least ${least} items`)] : []
}

/** The same name twice. */
export function uniqueAt(rule: string, pointer: string, names: readonly unknown[]): readonly Problem[] {
  const given = names.filter((name) => typeof name === 'string')
  const twice = given.filter((name, place) => given.indexOf(name) !== place)
  return twice.map((name) => refusedAt(rule, pointer, `"${name}" already exists`))
}

/** What Slack's answer says of them (web-api 8.2, `response_metadata.messages`; java-slack-sdk#1017, spacecat-api-service#176). */
export function problemDetails(problems: readonly Problem[]): Readonly<Record<string, unknown>> {
  const errors = problems.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`)
  return { errors, response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) } }
}
