// Who may import whom. A room of src/ may import itself, the rooms named beside it, and nothing else of ours.
// `store/json.ts` and the like name one file; BASICS are what every room that meets the world is handed.

const BASICS = ['clock.ts', 'random.ts', 'log.ts', 'environment.ts']

const ROOMS = {
  papers: [],
  people: ['papers'],
  message: ['papers'],
  store: ['message', 'papers', 'people', ...BASICS],
  // The catalogue has a file of its own, opened as the store opens its.
  catalog: ['papers', 'people', 'store/json.ts', 'store/database.ts', 'store/store-error.ts', 'clock.ts', 'random.ts'],
  sources: ['papers', 'people', 'catalog', 'store/json.ts', ...BASICS],
  following: ['papers', 'people', 'catalog', 'store', 'message/channel.ts', 'wrong-field.ts', ...BASICS],
  digest: ['papers', 'people', 'message', 'following', 'store', 'catalog', ...BASICS],
  delivery: ['message', 'store', 'papers', ...BASICS],
  platforms: ['message', 'delivery/platform.ts', 'store', 'papers', 'wrong-field.ts', ...BASICS],
  jobs: ['papers', 'people', 'message', 'store', 'catalog', 'sources', 'following', 'digest', 'delivery', ...BASICS],
}

// src/platforms/text/ is no platform but the plain form of a message, which every platform may offer beside its own.
const PLATFORMS = ['slack', 'discord', 'web']

const exactly = (path) => (path.endsWith('.ts') ? `${path.replaceAll('.', '\\.')}$` : `${path}/`)
const anyOf = (paths) => `^src/(${paths.map(exactly).join('|')})`

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room}/ may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^(src|commands)/', pathNot: anyOf([room, ...allowed]) },
}))

module.exports = {
  forbidden: [
    ...roomRules,
    ...PLATFORMS.map((platform) => ({
      name: `${platform}-alone`,
      comment: 'One platform never imports another.',
      severity: 'error',
      from: { path: `^src/platforms/${platform}/` },
      to: { path: `^src/platforms/(${PLATFORMS.filter((other) => other !== platform).join('|')})/` },
    })),
    {
      name: 'text-knows-no-platform',
      comment: 'The plain form of a message is the same wherever it is shown.',
      severity: 'error',
      from: { path: '^src/platforms/text/' },
      to: { path: `^src/platforms/(${PLATFORMS.join('|')})/` },
    },
    {
      name: 'basics-import-nothing',
      comment: 'Clock, chance, log and environment know nothing of the program.',
      severity: 'error',
      from: { path: anyOf(BASICS) },
      to: { path: '^(src|commands)/' },
    },
    {
      name: 'commands-know-no-platform',
      comment: 'Commands know everything but platforms, the command line and the composition root.',
      severity: 'error',
      from: { path: '^commands/' },
      to: { path: '^src/(platforms/|cli/|app\\.ts|main\\.ts|house\\.ts|config\\.ts|logging\\.ts)' },
    },
    {
      name: 'only-the-root-knows-everything',
      comment: 'src/app.ts wires the program: only it and the command line import commands, and only they import it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app\\.ts|main\\.ts|cli/)' },
      to: { path: '^(src/app\\.ts|src/main\\.ts|src/cli/|commands/)' },
    },
    {
      name: 'main-is-the-door',
      comment: 'Only bin/ starts src/main.ts.',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'scope-is-made-in-three-places',
      comment:
        'Leave to read what people wrote comes from a verified actor (commands/authorize.ts) or from the program itself (src/app.ts, src/cli). Others take the type Scope as an argument.',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: '^(commands/authorize\\.ts|src/app\\.ts|src/cli/)' },
      to: { path: '^src/store/scope\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'keyv-stays-in-the-store',
      comment: 'Nobody but the store touches Keyv.',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: '^src/store/' },
      to: { path: '^(node_modules/)?keyv' },
    },
    {
      name: 'no-cycles',
      comment: 'Data move left to right; a type-only import may look back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is no part of the program.',
      severity: 'error',
      from: { orphan: true, path: '^(src|commands)/', pathNot: '^src/platforms/web/assets/' },
      to: {},
    },
    {
      name: 'reachable-from-the-door',
      comment: 'A file that src/main.ts does not lead to is no part of the program.',
      severity: 'error',
      from: { path: '^src/main\\.ts$' },
      to: { path: '^(src|commands)/', pathNot: '^src/platforms/web/assets/', reachable: false },
    },
    {
      name: 'everything-is-found',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-runtime-dependencies',
      comment: 'What the program imports must be among the dependencies of package.json.',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
