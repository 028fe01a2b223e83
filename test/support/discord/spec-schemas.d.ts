// discord-api-spec ships its Zod schemas as JavaScript without declarations; these are the ones that the fake asks.
declare module 'discord-api-spec/zod' {
  export interface SpecIssue {
    readonly code: string
    readonly message: string
    readonly path: readonly PropertyKey[]
    readonly errors?: readonly (readonly SpecIssue[])[]
  }

  export interface SpecSchema {
    safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly issues: readonly SpecIssue[] } }
  }

  export const MessageCreateRequestSchema: SpecSchema
  export const MessageEditRequestPartialSchema: SpecSchema
  export const CreateMessageInteractionCallbackRequestSchema: SpecSchema
  export const UpdateMessageInteractionCallbackRequestSchema: SpecSchema
  export const ApplicationCommandAutocompleteCallbackRequestSchema: SpecSchema
  export const ModalInteractionCallbackRequestSchema: SpecSchema
  export const IncomingWebhookInteractionRequestSchema: SpecSchema
  export const IncomingWebhookUpdateRequestPartialSchema: SpecSchema
  export const ApplicationCommandCreateRequestSchema: SpecSchema
  export const ApplicationCommandUpdateRequestSchema: SpecSchema
  export const ApplicationCommandPatchRequestPartialSchema: SpecSchema
  export const CreatePrivateChannelRequestSchema: SpecSchema
  export const CreateTextThreadWithMessageRequestSchema: SpecSchema
  export const CreateTextThreadWithoutMessageRequestSchema: SpecSchema
  export const CreateForumThreadRequestSchema: SpecSchema
  export const MessageResponseSchema: SpecSchema
  export const GatewayBotResponseSchema: SpecSchema
  export const GuildRoleResponseSchema: SpecSchema
  export const ApplicationCommandResponseSchema: SpecSchema
}
