import { arxiv } from './arxiv/definition.ts'

/** Where papers are learnt of; a new source is a folder and a line here. */
export const sources = [arxiv] as const
