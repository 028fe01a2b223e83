import { z } from 'zod'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const number = z.number().int().nonnegative()
const ranges = z.array(number).readonly()
const counts = z.object({ oai: number, rss: number, api: number })

export const censusSchema = z.object({
  /** Numbers up to this one are not watched: they were there before, or are settled. Null until the first harvest is complete. */
  from: number.nullable(),
  /** Which numbers each witness has shown. */
  seen: z.object({ oai: ranges, rss: ranges, api: ranges }),
  /** For which the query API gave an answer that could be believed, whether it has them or not. */
  asked: ranges,
  /** The highest number of each month, and when the query API last said that it has none above. */
  tops: z.array(z.object({ top: number, provenAt: number.optional() })).readonly(),
  /** Oldest first. */
  evenings: z
    .array(
      z.object({
        day,
        /** The highest number announced by then. */
        last: number,
        /** By archive of the first category. */
        sets: z.record(z.string(), counts),
        /** Since when it has pending numbers, epoch ms. */
        pendingSince: number.optional(),
        /** Kept when its numbers are watched no more. */
        settled: z.object({ announced: number, withheld: number }).optional(),
      }),
    )
    .readonly(),
  /** Evenings on which arXiv announced nothing, though the calendar had them: all three witnesses say so. */
  silent: z.array(day).readonly(),
  /** How often the query API was asked for what is pending on an evening. */
  tries: z.object({ day, count: number, lastAt: number }).optional(),
})

/**
 * The ledger of numbers. arXiv gives numbers in order and at announcement, so between the first watched and the highest seen each one is known (some witness
 * showed it), withheld (the query API was asked and has none) or pending. A number is kept as `YYMMNNNNN`: 260300007 is 2603.00007.
 */
export type Census = z.output<typeof censusSchema>
export type Evening = Census['evenings'][number]
export type Witness = 'oai' | 'rss' | 'api'
