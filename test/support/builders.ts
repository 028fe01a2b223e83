import type { Paper, PaperId } from '../../src/papers/paper.ts'

/** A paper with good defaults: say only what the test is about. */
export function aPaper(over: Partial<Omit<Paper, 'id'>> & { readonly id?: string } = {}): Paper {
  const { id = 'arxiv:2509.00001', ...rest } = over
  return {
    id: id as PaperId,
    aliases: [],
    title: 'Sparse features of small models',
    abstract: 'We look at the features of small models. They are sparse.',
    authors: [{ name: 'Ada Lovelace', given: 'Ada', family: 'Lovelace' }],
    categories: ['cs.LG'],
    venue: 'arXiv.org Machine Learning',
    published: '2025-09-01',
    updated: '2025-09-01',
    links: { abstract: `https://arxiv.org/abs/${id.replace('arxiv:', '')}` },
    ...rest,
  }
}
