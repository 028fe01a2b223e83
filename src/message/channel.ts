declare const channelBrand: unique symbol
declare const tenantBrand: unique symbol

/** `web:demo/papers`, `slack:T012/C345`, `slack:T012/@U678`, `discord:GUILD/CHANNEL`, `discord:@USER`. */
export type ChannelId = string & { readonly [channelBrand]: true }

/** Whose data it is: `slack:T012`, `discord:GUILD`, in a Discord DM `discord:@USER`, and `web`. */
export type TenantId = string & { readonly [tenantBrand]: true }

export interface ChannelParts {
  readonly platform: string
  readonly tenant: TenantId
  /** What comes after the team or guild: the channel, or `@` and a person. */
  readonly place: string
}

const CHANNEL = /^(?<platform>[a-z][a-z0-9-]*):(?:(?<house>[^\s/@][^\s/]*)\/)?(?<place>@?[^\s/@]+)$/u

/** Reads a channel's address; undefined when it is none. */
export function parseChannel(text: string): ChannelId | undefined {
  const groups: Readonly<Record<string, string | undefined>> | undefined = CHANNEL.exec(text)?.groups
  if (groups === undefined) return undefined
  if (groups.house === undefined && !groups.place?.startsWith('@')) return undefined
  return text as ChannelId
}

/** The parts of a channel's address. The web is one tenant, whatever its channels are called. */
export function channelParts(channel: ChannelId): ChannelParts {
  const { platform = '', house, place = '' } = CHANNEL.exec(channel)?.groups ?? {}
  const tenant = platform === 'web' ? 'web' : `${platform}:${house ?? place}`
  return { platform, tenant: tenant as TenantId, place }
}
