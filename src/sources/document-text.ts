import { SourceError } from './source.ts'

/** Reads a document's bytes as they come in. */
export interface DocumentDecoder {
  write(bytes: Uint8Array): string
  end(): string
}

/**
 * Decodes a document by its byte order mark, else the charset of its `Content-Type`, else its XML declaration, else as UTF-8 (RFC 7303, 3; XML 1.0, appendix F).
 * Bytes that the encoding does not have are a SourceError ('unreadable'), never a guess. `what` is how the sentence calls the document.
 */
export function documentDecoder(what: string, contentType?: string | null): DocumentDecoder {
  let begun: { readonly decoder: Decoder; readonly encoding: string } | undefined
  let held: Uint8Array = new Uint8Array()

  const decode = (bytes: Uint8Array, stream: boolean): string => {
    begun ??= begin(bytes)
    try {
      return begun.decoder.decode(bytes, { stream })
    } catch (cause) {
      const name = begun.encoding.toUpperCase()
      throw new SourceError('unreadable', `${what} is not ${name} text: it holds bytes that ${name} does not have`, {
        cause,
      })
    }
  }

  function begin(bytes: Uint8Array) {
    const encoding = encodingOf(bytes, contentType ?? '')
    try {
      return { decoder: new TextDecoder(encoding, { fatal: true }), encoding }
    } catch (cause) {
      throw new SourceError('unreadable', `${what} says that it is written in “${encoding}”, which can’t be read`, {
        cause,
      })
    }
  }

  return {
    write(bytes) {
      if (begun !== undefined) return decode(bytes, true)
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      return held.length < declarationBytes ? '' : decode(held, true)
    },
    end: () => decode(begun === undefined ? held : new Uint8Array(), false),
  }
}

/** The text of a whole document, as `documentDecoder` reads it. */
export function documentText(bytes: Uint8Array, what: string): string {
  const decoder = documentDecoder(what)
  return decoder.write(bytes) + decoder.end()
}

type Decoder = InstanceType<typeof TextDecoder>

/** An XML declaration stands within so many. */
const declarationBytes = 256

function encodingOf(bytes: Uint8Array, contentType: string): string {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1]
  if (charset !== undefined) return charset
  if (a === 0x3c && b === 0 && c === 0x3f && d === 0) return 'utf-16le'
  if (a === 0 && b === 0x3c && c === 0 && d === 0x3f) return 'utf-16be'
  const start = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1')
  const declared = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'\s]*)/.exec(start)?.[1] ?? 'utf-8'
  // The declaration itself was read byte by byte, so two bytes a character can't be meant.
  return /^(?:utf-?16|ucs-?2|iso-10646-ucs-2)/i.test(declared) ? 'utf-8' : declared
}
