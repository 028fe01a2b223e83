import type { FaultName } from './faults.ts'
import type { RouteName, RouteParams } from './routes.ts'
import type { Path } from './violation.ts'

/** One request as it came, and what became of it. */
export interface LoggedRequest {
  readonly at: number
  readonly method: string
  /** After `/api/v10`, with its query. */
  readonly path: string
  readonly route: RouteName | undefined
  readonly params: RouteParams
  readonly body: unknown
  /** What was answered; undefined while it is under way, and where nothing was answered at all. */
  status?: number
  readonly faults: FaultName[]
}

/** Something sent that Discord refuses, breaks down on, or takes although it is not meant. */
export interface FakeViolation {
  readonly at: number
  /** The route, or `gateway`. */
  readonly route: RouteName | 'gateway' | 'unknown'
  /** `spec` for the published schemas, a limit's name, or a rule of how things are asked. */
  readonly rule: string
  readonly path: Path
  readonly message: string
}
