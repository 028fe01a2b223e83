import { z } from 'zod'
import type { Log } from '../log.ts'
import type { SourceStatus } from '../sources/source.ts'
import type { Store } from '../store/store.ts'

interface AlarmHouse {
  readonly store: Pick<Store, 'meta'>
  readonly log: Log
  /** To whoever runs the program; `isOver`: it is good news. */
  tell(text: string, isOver: boolean): Promise<void>
}

const toldSchema = z.array(z.object({ key: z.string(), over: z.string() }))

/**
 * Tells an admin of each trouble of the sources once, and once more when it is over. What could not be told is told by the next round; a stop between telling
 * and keeping it tells again. Rejects when the store does.
 */
export async function tellAlarms(house: AlarmHouse, statuses: readonly SourceStatus[]): Promise<void> {
  for (const { name, alarms = [] } of statuses) {
    const place = ['alarms', name]
    const told = toldSchema.safeParse(await house.store.meta.get(place)).data ?? []
    const news = alarms.filter(({ key }) => !told.some((each) => each.key === key))
    const past = told.filter(({ key }) => !alarms.some((each) => each.key === key))
    let kept = told
    for (const { key, text, over } of news) {
      house.log({ event: 'source.alarm', source: name, alarm: key, detail: text })
      if (await isTold(house, text, false)) kept = [...kept, { key, over }]
    }
    for (const { key, over } of past) {
      house.log({ event: 'source.alarm-over', source: name, alarm: key })
      if (await isTold(house, over, true)) kept = kept.filter((each) => each.key !== key)
    }
    if (kept !== told) await house.store.meta.set(place, [...kept])
  }
}

async function isTold({ tell, log }: AlarmHouse, text: string, isOver: boolean): Promise<boolean> {
  return tell(text, isOver).then(
    () => true,
    (error: unknown) => {
      log({ event: 'source.alarm-untold', error })
      return false
    },
  )
}
