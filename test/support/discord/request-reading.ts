import type { SentFile } from './world.ts'

export interface ReadBody {
  /** Undefined where there is none. */
  readonly body: unknown
  readonly files: readonly SentFile[]
  /** The body is neither JSON nor a form with a JSON part. */
  readonly broken: boolean
}

/** Reads a request's body: JSON, or a form of `payload_json` and `files[n]` (reference, "Uploading Files"). */
export async function readBody(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  snowflake: () => string,
): Promise<ReadBody> {
  if (bytes.length === 0) return { body: undefined, files: [], broken: false }
  try {
    if (!type.startsWith('multipart/form-data'))
      return { body: JSON.parse(Buffer.from(bytes).toString()), files: [], broken: false }
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
    const files: SentFile[] = []
    for (const [, value] of form) {
      if (typeof value === 'string') continue
      files.push({ id: snowflake(), name: value.name, type: value.type, body: await value.text() })
    }
    const json = form.get('payload_json')
    return { body: typeof json === 'string' ? JSON.parse(json) : undefined, files, broken: false }
  } catch {
    return { body: undefined, files: [], broken: true }
  }
}
