import { isObject, textOf } from '../discord/json-value.ts'
import { isMember, postableChannel } from './access.ts'
import { type Handlers, type Servers, stringArg } from './api-call.ts'
import { parsed } from './message-limits.ts'
import { threadTs } from './message-methods.ts'
import { refuse } from './refusal.ts'
import { unwantedAt } from './violation.ts'
import type { Team } from './world.ts'

interface Upload {
  readonly team: Team
  readonly id: string
  readonly name: string
  /** As announced; what comes must have it. */
  readonly bytes: number
  text: string | undefined
}

export interface Files {
  readonly handlers: Pick<Handlers, 'files.getUploadURLExternal' | 'files.completeUploadExternal'>
  /** The upload that is waited for at this path. */
  find(path: string): Upload | undefined
  /** Takes the content; says whether it is what was announced. */
  take(upload: Upload, body: string, contentType: string): boolean
}

/** Files in three steps: an address, the content, and where it is shown (messaging/working-with-files, "Uploading files"). */
export function createFiles({ world }: Servers, origin: () => string): Files {
  const uploads = new Map<string, Upload>()
  return {
    handlers: {
      'files.getUploadURLExternal': ({ team, args }) => {
        const name = stringArg(args, 'filename')
        const bytes = Number(stringArg(args, 'length'))
        if (name === undefined || !Number.isInteger(bytes) || bytes <= 0) return refuse('invalid_arguments')
        const path = `/upload/v1/${world.secret(16)}`
        const id = world.id('F')
        uploads.set(path, { team, id, name, bytes, text: undefined })
        return { upload_url: `${origin()}${path}`, file_id: id }
      },
      'files.completeUploadExternal': ({ team, args, note }) => {
        const given = parsed(args.files, 'invalid_arguments')
        if (!Array.isArray(given) || given.length === 0) return refuse('invalid_arguments')
        const files = given.filter(isObject).map((file) => {
          const upload = [...uploads.values()].find((each) => each.id === file.id && each.team === team)
          if (upload?.text === undefined) return refuse('file_not_found')
          return { id: upload.id, name: upload.name, title: textOf(file.title) ?? upload.name, text: upload.text }
        })
        const shown = files.map(({ id, title }) => ({ id, title }))
        const wanted = stringArg(args, 'channel_id')
        // Without a channel the file is nobody's to see but the bot's own.
        if (wanted === undefined) {
          note([unwantedAt('file-nowhere', '/channel_id', 'a file without a channel is seen by nobody')])
          return { files: shown }
        }
        if (!/^[CDG]/.test(wanted)) return refuse('invalid_channel')
        const channel = postableChannel(world, team, wanted)
        if (!isMember(team, channel)) return refuse('not_in_channel')
        world.add(channel, {
          author: team.botUserId,
          botId: team.botId,
          appId: world.app.id,
          text: stringArg(args, 'initial_comment') ?? '',
          threadTs: threadTs(channel, args.thread_ts, note),
          files,
        })
        return { files: shown }
      },
    },
    find: (path) => uploads.get(path),
    take(upload, body, contentType) {
      // A form with the file in it, or the file itself.
      const text = contentType.startsWith('multipart/') ? (/\r\n\r\n([\s\S]*)\r\n--/.exec(body)?.[1] ?? '') : body
      if (Buffer.byteLength(text) !== upload.bytes) return false
      upload.text = text
      return true
    },
  }
}
