import type { Figure } from './measure.ts'

/** Where and when figures were taken. */
export interface Setting {
  readonly day: string
  readonly machine: string
  readonly node: string
}

/** The figures as a table of Markdown, which reads well on a terminal too. */
export function table(figures: readonly Figure[]): string {
  const head = ['figure', 'ours', 'bare', 'ratio', 'goal']
  const rows = figures.map(({ name, ours, bare = '', ratio = '', goal }) => [
    name,
    ours,
    bare,
    ratio,
    goal === undefined ? '' : `${goal.text}: ${goal.met ? 'met' : '**missed**'}`,
  ])
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** docs/BENCHMARKS.md. */
export function benchmarks(figures: readonly Figure[], { day, machine, node }: Setting): string {
  const missed = figures.filter(({ goal }) => goal?.met === false)
  const goals = figures.filter(({ goal }) => goal !== undefined).length
  const notes = [...Map.groupBy(figures, ({ note }) => note)].map(
    ([note, those]) =>
      `- ${those.length > 2 ? `${those[0]?.name} and those below it` : those.map(({ name }) => name).join('; ')}: ${note}.`,
  )
  return `# Benchmarks

Each figure beside that of the bare library in the same run, for the time of one machine says little about another, and the ratio more. Medians, with the fastest and the slowest run in brackets. Written by \`npm run bench -- --write\` on ${day}, on ${machine}, with Node ${node.slice(1)}.

${table(figures)}

${
  missed.length === 0
    ? `All ${goals} goals are met.`
    : `Of ${goals} goals ${missed.length} ${missed.length === 1 ? 'is' : 'are'} missed: ${missed.map(({ name }) => name).join('; ')}.`
}

## What was measured

${notes.join('\n')}

The programs are in [bench/](../bench): each is one file, and says at its top what is compared. Where recorded listings do not lie beside the project, the demo’s papers are repeated under other ids.
`
}
