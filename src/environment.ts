/** One environment variable as `.env.example`, help and `doctor` show it. */
export interface EnvironmentVariable {
  readonly name: string
  /** As shown; undefined: unset. */
  readonly default?: string
  readonly meaning: string
  readonly secret?: boolean
}
