/** A channel whose memory is older than its messages, for a backup was restored. Moments are ISO 8601 in UTC. */
export interface RecallRecord {
  /** Up to when the memory reaches: the backup's moment. */
  readonly from: string
  /** When the backup was restored: nothing was posted from it before. */
  readonly at: string
  /** How far the backup's matching had come: what was learnt of later may have been posted. */
  readonly matched?: { readonly catalogId: string; readonly seq: number }
  readonly lookAt: string
  /** The backup does not know the channel. */
  readonly newcomer?: true
  /** Looks that failed for now. */
  readonly failures: number
  /** Looking is not possible: somebody is asked, and a day after `since` the papers are posted, marked. */
  readonly held?: { readonly why: string; readonly since: string; readonly told?: true }
  /** Its papers are decided and posted as ever. */
  readonly done?: { readonly at: string; readonly how: string }
}
