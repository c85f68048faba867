// The map's arrows point one way (docs/architecture.md). This file keeps them so.
const MATHEMATICS = '^src/(random|network|posterior|engine|inference|rebasin|stats)/';
/** What finds compiled code on this machine, and the types of TensorFlow.js. */
const LOADERS = ['^src/engine/(native|addon)\\.ts$', '^src/engine/tfjs/(environment|gpu|load|location|runtime)\\.ts$'];
const LOCATION = '^src/cacheDir\\.ts$';
const ROLES = '^src/(coordinator|worker|aggregator|gateway)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'mathematics-knows-no-outside',
      comment: 'Mathematics knows nothing of NATS, jobs, files or processes.',
      severity: 'error',
      from: { path: MATHEMATICS },
      to: { path: '^src/', pathNot: [MATHEMATICS, '^src/errors\\.ts$', LOCATION] },
    },
    {
      name: 'mathematics-has-no-io',
      severity: 'error',
      from: { path: MATHEMATICS, pathNot: LOADERS },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'bus-knows-no-mathematics',
      severity: 'error',
      from: { path: '^src/bus/' },
      to: { path: '^src/', pathNot: ['^src/bus/', '^src/errors\\.ts$'] },
    },
    {
      name: 'roles-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/(coordinator|worker|aggregator|gateway)/' },
      to: { path: ROLES, pathNot: '^src/$1/' },
    },
    {
      name: 'nothing-imports-the-cli',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'cli-does-not-import-role-internals',
      comment: 'The cli starts a role through its index.ts only.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: ROLES, pathNot: '^src/[a-z]+/index\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
