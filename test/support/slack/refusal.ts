/** An answer that is not ok: the error of Slack's body and what stands beside it. */
export class Refusal extends Error {
  readonly error: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(error: string, details: Readonly<Record<string, unknown>> = {}) {
    super(error)
    this.name = 'Refusal'
    this.error = error
    this.details = details
  }
}

export function refuse(error: string, details: Readonly<Record<string, unknown>> = {}): never {
  throw new Refusal(error, details)
}
