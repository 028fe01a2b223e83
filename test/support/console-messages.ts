import type { Message, MessageNode, PaperView, Span } from '../../src/message/message.ts'
import type { PaperId } from '../../src/papers/paper.ts'

/** A paper as it stands in a message, with good defaults. */
export function aPaperView(over: Partial<Omit<PaperView, 'id'>> & { readonly id?: string } = {}): PaperView {
  const { id = 'arxiv:2509.00001', ...rest } = over
  const number = id.replace('arxiv:', '')
  return {
    id: id as PaperId,
    title: 'Sparse features of small models',
    byline: [{ text: 'Ada Lovelace, ' }, { text: 'Neel Nanda', style: 'strong' }],
    date: '1 Sep 2025',
    venue: 'arXiv.org Machine Learning',
    category: 'cs.LG',
    abstract: 'We look at the features of small models. They are sparse.',
    links: [
      { label: 'Abstract', url: `https://arxiv.org/abs/${number}` },
      { label: 'PDF', url: `https://arxiv.org/pdf/${number}` },
    ],
    reasons: ['because you follow Neel Nanda'],
    buttons: [
      { label: 'Why', action: { name: 'why', args: [id] } },
      { label: 'Not Neel Nanda', action: { name: 'not-them', args: [id, 'sub1'] } },
    ],
    ...rest,
  }
}

const byline = (before: string, followed: string, after: string): readonly Span[] => [
  { text: before },
  { text: followed, style: 'strong' },
  { text: after },
]

/** Papers to look at: long and short, withdrawn, revised, with many authors. */
export const samplePapers: readonly PaperView[] = [
  aPaperView({
    id: 'arxiv:2501.18837',
    version: 1,
    title:
      'Constitutional Classifiers: Defending against Universal Jailbreaks across Thousands of Hours of Red Teaming',
    byline: byline('Mrinank Sharma, Meg Tong, Jesse Mu, … 34 more …, ', 'Jared Kaplan', ', Ethan Perez'),
    date: '31 Jan 2025',
    category: 'cs.CL',
    venue: 'arXiv.org Computation and Language',
    abstract:
      'Classifiers that guard a model are trained on synthetic data made from a constitution: natural language rules that say what is allowed and what is not.',
    wholeAbstract:
      'Classifiers that guard a model are trained on synthetic data made from a constitution: natural language rules that say what is allowed and what is not. In thousands of hours of paid red teaming, nobody found a way around them that worked for every question. Improved classifiers held up in automatic evaluation too, refused little more of real traffic, and cost a bearable amount of extra computation at inference.',
    links: [
      { label: 'Abstract', url: 'https://arxiv.org/abs/2501.18837' },
      { label: 'PDF', url: 'https://arxiv.org/pdf/2501.18837' },
      { label: 'HTML', url: 'https://arxiv.org/html/2501.18837' },
    ],
    reasons: ['because you follow Jared Kaplan'],
    collaborators: 'Often with Ethan Perez (24) and Samuel R. Bowman (19)',
  }),
  aPaperView({
    id: 'arxiv:2409.14507',
    version: 2,
    title: 'A is for Absorption: Studying Feature Splitting and Absorption in Sparse Autoencoders',
    byline: byline('David Chanin, James Wilken-Smith, … 3 more …, ', 'Joseph Bloom', ''),
    date: '22 Sep 2024',
    note: 'v2, 3 March: title changed',
    abstract:
      'Sparse autoencoders split a model’s activations into features that people can read. A feature that looks as if it stood for one idea can fail to fire where it should, because another has absorbed it. Changing the size or the sparsity of the autoencoder does not cure this.',
    reasons: ['because you follow “sparse autoencoders”'],
  }),
  aPaperView({
    id: 'arxiv:2502.00001',
    title: 'On tilings',
    byline: byline('', 'Neel Nanda', ''),
    date: '3 Feb 2025',
    category: 'math.CO',
    venue: 'arXiv.org Combinatorics',
    abstract: 'We count tilings of a strip.',
    withdrawn: true,
    reasons: [],
  }),
]

export const sampleDigest: Message = {
  summary: '3 new papers: Constitutional Classifiers and two more',
  nodes: [
    { kind: 'heading', level: 1, text: '3 new papers' },
    { kind: 'line', quiet: true, spans: [{ text: 'Announced on Monday, 23 November' }] },
    ...samplePapers.map((paper) => ({ kind: 'paper' as const, paper })),
  ],
}

export const sampleAuthor: Message = {
  summary: 'Jared Kaplan: 3 papers',
  nodes: [
    { kind: 'heading', level: 1, text: 'Jared Kaplan' },
    { kind: 'line', quiet: true, spans: [{ text: '73 papers in the catalogue, newest revision first' }] },
    ...samplePapers.map((paper) => ({ kind: 'paper' as const, paper })),
    { kind: 'pager', shown: '1–3 of 73', next: { name: 'author-page', args: ['1', 'Jared Kaplan'] } },
    {
      kind: 'people',
      title: 'Collaborating authors',
      people: [
        ['Ethan Perez', 24],
        ['Samuel R. Bowman', 19],
        ['Amanda Askell', 17],
        ['Deep Ganguli', 15],
        ['Sam McCandlish', 14],
        ['Dario Amodei', 12],
        ['Yuntao Bai', 1],
      ].map(([name, papers]) => ({
        name: String(name),
        papers: Number(papers),
        action: { name: 'author-page', args: ['0', String(name)] },
      })),
    },
    {
      kind: 'buttons',
      buttons: [{ label: 'Follow Jared Kaplan', style: 'primary', action: { name: 'follow', args: ['Jared Kaplan'] } }],
    },
  ],
}

export const sampleFollowed: Message = {
  summary: 'Now following Ada',
  nodes: [
    { kind: 'notice', tone: 'success', text: 'This channel now follows Ada.' },
    {
      kind: 'buttons',
      buttons: [{ label: 'Undo', action: { name: 'undo', args: ['1'] }, once: { used: 'Undone', forMs: 600_000 } }],
    },
  ],
}

export const sampleFollowing: Message = {
  summary: 'This channel has 3 subscriptions',
  nodes: [
    { kind: 'heading', level: 1, text: 'Followed here: 3' },
    {
      kind: 'table',
      columns: ['Who or what', 'Kind', 'Added by', 'On'],
      rows: [
        ['Jared Kaplan', 'author', 'ada', '2026-11-02'],
        ['title:"sparse autoencoder" cat:cs.LG', 'query', 'you', '2026-11-03'],
        ['cs.CL', 'category', 'you', '2026-11-09'],
      ].map((cells, place) => ({
        cells,
        button: { label: 'Unfollow', action: { name: 'unfollow', args: [`s${place}`] } },
        ...(place === 0 ? { opens: { name: 'author-page', args: ['0', 'Jared Kaplan'] } } : {}),
      })),
    },
  ],
}

export const sampleStatus: Message = {
  summary: 'Complete through: arxiv 2026-11-23',
  nodes: [
    { kind: 'heading', level: 1, text: 'Status' },
    { kind: 'notice', tone: 'success', text: 'arxiv: complete through 2026-11-23.', next: 'Last asked at 04:10 UTC.' },
    {
      kind: 'notice',
      tone: 'warning',
      text: 'The catalogue is still filling backwards.',
      next: 'It reaches back to 2026-02-01.',
    },
    {
      kind: 'notice',
      tone: 'error',
      text: 'One part could not be posted.',
      next: 'Invite Paperboy to #reading again.',
    },
    { kind: 'divider' },
    {
      kind: 'table',
      columns: ['What', 'How many'],
      rows: [{ cells: ['Papers in the catalogue', '14,605'] }, { cells: ['Waiting for the next digest', '4 papers'] }],
    },
  ],
}

export const sampleSettings: Message = {
  summary: 'Digests daily 09:00',
  nodes: [
    { kind: 'heading', level: 2, text: 'Settings of this channel' },
    {
      kind: 'table',
      columns: ['Setting', 'Value'],
      rows: [{ cells: ['schedule', 'daily 09:00'] }, { cells: ['timezone', 'Europe/Berlin'] }],
    },
    {
      kind: 'line',
      spans: [
        { text: 'Next: ', style: 'strong' },
        { text: '2026-11-25 09:00' },
        { text: '; change it with ' },
        { text: '/papers settings cap=10', style: 'code' },
        { text: ', see ' },
        { text: 'the manual', url: 'https://example.org/manual' },
      ],
    },
    { kind: 'buttons', buttons: [{ label: 'Change', action: { name: 'settings-form', args: [] } }] },
  ],
}

/** One message of every kind of node. */
export const aQuestion: MessageNode = {
  kind: 'question',
  asks: 'Is this your Wei Wang?',
  about: { text: 'Lamps at Night', url: 'https://arxiv.org/abs/2509.00001' },
  buttons: [
    { label: 'Yes', style: 'primary', action: { name: 'its-them', args: ['arxiv:2509.00001', 'sub1'] } },
    { label: 'No', action: { name: 'not-them', args: ['arxiv:2509.00001', 'sub1'] } },
  ],
}

export const everyNode: Message = {
  summary: 'Everything that can be said',
  nodes: [...sampleAuthor.nodes, ...sampleStatus.nodes, ...sampleSettings.nodes, aQuestion],
}
