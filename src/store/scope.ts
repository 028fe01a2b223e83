import type { TenantId } from '../message/channel.ts'

declare const scopeBrand: unique symbol

/** Leave to read and change what one tenant's people wrote; made only from a verified actor, or for the program's own jobs. */
export interface Scope {
  readonly tenant: TenantId
  readonly [scopeBrand]: true
}

/** Who may call this is checked by the import rules: authorize.ts for people, the composition root for the program itself. */
export function scopeOf(verified: { readonly tenant: TenantId }): Scope {
  return { tenant: verified.tenant } as Scope
}
