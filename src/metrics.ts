import { Gauge, Registry } from 'prom-client'
import type { AppStatus } from './status.ts'

/** How the program stands, in the text format of Prometheus (prometheus.io/docs/instrumenting/exposition_formats). */
export function metricsOf(status: AppStatus): Promise<string> {
  const registry = new Registry()
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value)
  gauge('paperboy_ok', 'Whether every source is neither failed nor stalled', status.ok ? 1 : 0)
  gauge('paperboy_catalog_papers', 'Papers in the catalogue', status.catalog.papers)
  gauge('paperboy_outbox_parts', 'Messages on their way, each a part of a digest', status.queue)
  gauge('paperboy_parked_parts', 'Messages parked until someone answers', status.parked)
  const state = new Gauge({
    name: 'paperboy_source_state',
    help: 'The state a source is in',
    labelNames: ['source', 'state'],
    registers: [registry],
  })
  const through = new Gauge({
    name: 'paperboy_source_complete_through_seconds',
    help: 'The day through which a source is complete, as Unix time',
    labelNames: ['source'],
    registers: [registry],
  })
  for (const source of status.sources) {
    state.set({ source: source.name, state: source.state }, 1)
    if (source.completeThrough !== null) through.set({ source: source.name }, Date.parse(source.completeThrough) / 1000)
  }
  return registry.metrics()
}
