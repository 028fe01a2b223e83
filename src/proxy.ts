import * as http from 'node:http'
import { ConfigError, type Environment } from './config.ts'

/** Never through a proxy: the console and whatever else is asked on this machine. */
const OWN_MACHINE = ['127.0.0.1', 'localhost', '::1', '[::1]']

/**
 * Sends what goes to other machines through `HTTPS_PROXY` (and `HTTP_PROXY`, for addresses without encryption), but for the hosts of `NO_PROXY`; small letters
 * count as well, as everywhere. Without them nothing changes. Throws ConfigError where the address is none.
 */
export function useProxy(environment: Environment): void {
  const named = (name: string) => environment[name]?.trim() || environment[name.toLowerCase()]?.trim() || undefined
  const [secure, plain] = [named('HTTPS_PROXY'), named('HTTP_PROXY')]
  if (secure === undefined && plain === undefined) return
  for (const [name, address] of Object.entries({ HTTPS_PROXY: secure, HTTP_PROXY: plain })) {
    if (address !== undefined && !/^https?:\/\/[^/]/i.test(address))
      throw new ConfigError(`${name} is no address such as http://proxy.example.org:3128.`)
  }
  // The first releases of Node 24 have it only as a setting that is read before the program begins.
  if (typeof http.setGlobalProxyFromEnv !== 'function') {
    if (environment.NODE_USE_ENV_PROXY === '1') return
    throw new ConfigError('HTTPS_PROXY needs a newer Node 24, or NODE_USE_ENV_PROXY=1 beside it.')
  }
  http.setGlobalProxyFromEnv({
    ...(secure === undefined ? {} : { HTTPS_PROXY: secure }),
    ...(plain === undefined ? {} : { HTTP_PROXY: plain }),
    NO_PROXY: [named('NO_PROXY'), ...OWN_MACHINE].filter((each) => each !== undefined).join(','),
  })
}
