/** arXiv as benches ask it: under names that lead nowhere, and at once. */
export const arxivSettings = {
  apiUrl: 'https://arxiv.test/api/query',
  oaiUrl: 'https://arxiv.test/oai',
  rssUrl: 'https://arxiv.test',
  sets: [],
  spacingMs: 0,
  backfillSince: 'none',
}
