// Who may import whom. One rule per sentence of ARCHITECTURE.md; checked on every test run.

const rooms = (...names) => names.map((name) => `^src/${name}/`);
const test = '\\.test\\.tsx?$';
const outside = 'node_modules|^node:|^(fs|path|os|crypto|http|net|stream|zlib|util|child_process|events|url)$';

/** `from` may import only what `to` lists (beside its own folder and packages). */
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { path: '^(src|tests|bench|scripts)/', pathNot: to },
});

const features = '^src/features/([^/]+)/';

export default {
  forbidden: [
    only('base-imports-nothing', 'base imports nothing', '^src/base/', ['^src/base/']),
    {
      name: 'base-no-packages',
      severity: 'error',
      from: { path: '^src/base/', pathNot: test },
      to: { path: 'node_modules' },
    },
    only('law-imports-base', 'law imports base only', '^src/law/', rooms('law', 'base')),
    { name: 'law-no-packages', severity: 'error', from: { path: '^src/law/', pathNot: test }, to: { path: outside } },
    only('platform-imports-base', 'platform imports base', '^src/platform/', rooms('platform', 'base')),
    only('log-imports', 'log imports base and platform', '^src/log/', rooms('log', 'base', 'platform')),
    only('vault-imports', 'vault imports base, platform and the door of log', '^src/vault/', [
      ...rooms('vault', 'base', 'platform'),
      '^src/log/index\\.ts$',
    ]),
    {
      name: 'feature-imports',
      comment: 'a feature imports base, platform, the office, and the doors of law, log, vault and other features',
      severity: 'error',
      from: { path: features, pathNot: test },
      to: {
        path: '^(src|tests|bench|scripts)/',
        pathNot: [
          '^src/features/$1/',
          ...rooms('base', 'platform'),
          '^src/office\\.ts$',
          '^src/(law|log|vault)/index\\.ts$',
          '^src/features/[^/]+/index\\.ts$',
          '^src/vault/permit\\.ts$',
        ],
      },
    },
    {
      name: 'facts-are-pure',
      comment: 'the facts of a feature reach neither the database nor the office, and no act or page',
      severity: 'error',
      from: { path: `${features}facts(\\.ts$|/)`, pathNot: test },
      to: {
        path: [
          '^src/office\\.ts$',
          '^src/platform/database/',
          '^src/features/[^/]+/promises\\.ts$',
          '^src/features/[^/]+/(store|actions|routes|pages|letters)(\\.tsx?$|/)',
        ],
      },
    },
    {
      name: 'only-the-checkpoint-mints',
      comment: 'a permit is minted by features/checkpoint only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/features/checkpoint/', '^src/vault/', test] },
      to: { path: '^src/vault/permit\\.ts$' },
    },
    {
      name: 'database-from-stores-only',
      comment: 'only the store of a room touches the database',
      severity: 'error',
      from: {
        path: ['^src/features/', '^src/vault/', '^src/log/'],
        pathNot: [test, '/store(\\.ts$|/)', '/tables\\.ts$'],
      },
      to: { path: 'node_modules/(kysely|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-listed-once',
      comment:
        'only app.ts lists features, and app/ joins some of them; the demo works through their doors, the client takes types from them',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/app/',
          '^src/(app\\.ts|main\\.ts|demo\\.ts|demo-giving\\.ts|demo-desk\\.ts|client\\.ts)$',
          '^src/features/',
          test,
        ],
      },
      to: { path: '^src/features/' },
    },
    {
      name: 'client-carries-nothing',
      comment: 'the client imports types only, so that it cannot drift and carries nothing of the server',
      severity: 'error',
      from: { path: '^src/client\\.ts$' },
      to: { path: '.', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'notice-carries-nothing',
      comment:
        'the web notice imports types only from outside its folder, so that it carries nothing of the server into a browser',
      severity: 'error',
      from: { path: '^src/features/transmission/notice/' },
      to: { path: '.', pathNot: '^src/features/transmission/notice/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'page-scripts-carry-nothing',
      comment: 'what runs in the browser of a clerk carries nothing of the server into it',
      severity: 'error',
      from: { path: '^src/platform/ui/(cover|escape)/' },
      to: { path: '.', pathNot: '^src/platform/ui/$1/' },
    },
    {
      name: 'check-carries-nothing',
      comment:
        'what checks a file in a browser is the code of the verifier, and carries nothing else of the server into it',
      severity: 'error',
      from: { path: '^src/log/browser/' },
      to: { path: '^src/', pathNot: ['^src/log/browser/', '^src/log/(file|verification)\\.ts$'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-test-code-in-the-program',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: ['^tests/', test] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
