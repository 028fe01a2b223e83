import type { Upgrade } from './database.ts'

/**
 * How a state of each earlier form becomes one of the next, the first of them from form 1 to form 2; none has been needed so
 * far. Every step has a state of the form before it in test/fixtures/states, which each later version must open.
 */
export const stateSteps: Upgrade['steps'] = []
