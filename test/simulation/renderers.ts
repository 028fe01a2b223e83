import type { OutgoingPart, Platform, PlatformDefinition } from '../../src/delivery/platform.ts'

/** The platform as a later edition of the program has it: every message is written otherwise, and parts hold another number of papers. */
export function anotherLook(plain: PlatformDefinition, edition: number): PlatformDefinition {
  return {
    ...plain,
    papersPerPart: 1 + (edition % 3),
    create: async (settings, house) => {
      const platform = await plain.create(settings, house)
      return platform === undefined ? undefined : written(platform, edition)
    },
  }
}

function written(platform: Platform, edition: number): Platform {
  const anew = (part: OutgoingPart): OutgoingPart => {
    const line = { kind: 'line', spans: [{ text: `Edition ${edition} of this message` }] } as const
    return { ...part, message: { ...part.message, nodes: [line, ...part.message.nodes] } }
  }
  return new Proxy(platform, {
    get(inner, name) {
      if (name === 'post')
        return (...[channel, part, signal]: Parameters<Platform['post']>) => inner.post(channel, anew(part), signal)
      if (name === 'edit')
        return (...[channel, receipt, part, signal]: Parameters<Platform['edit']>) =>
          inner.edit(channel, receipt, anew(part), signal)
      const value: unknown = Reflect.get(inner, name)
      return typeof value === 'function' ? value.bind(inner) : value
    },
  })
}
