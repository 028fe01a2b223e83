import type { Choice, FieldFault, Form } from './form.ts'
import type { Message } from './message.ts'

/** What a question gets back. Errors are private and name the next step. */
export type Reply =
  | {
      readonly kind: 'message'
      readonly message: Message
      readonly to: 'asker' | 'channel'
      /** What of it stands at which of the form's fields, in the form's order. */
      readonly faults?: readonly FieldFault[]
      /** The form with what was typed into it, for a platform that has closed it. */
      readonly again?: Form
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly body: string }
