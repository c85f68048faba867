// Runs one role of the built package in this process: roleMain.mjs ROLE OPTIONS-AS-JSON. SIGTERM drains it.
const [role, options] = process.argv.slice(2);
const starters = {
  worker: async () => (await import('../../dist/worker/index.js')).startWorker,
  coordinator: async () => (await import('../../dist/coordinator/index.js')).startCoordinator,
  aggregator: async () => (await import('../../dist/aggregator/index.js')).startAggregator,
};
const start = await starters[role]();
const running = await start(JSON.parse(options));
process.once('SIGTERM', () => void running.drain());
process.once('disconnect', () => process.exit(1));
process.send({ ready: role, metricsPort: running.metricsPort });
try {
  await running.done;
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
