// Results: what a finished job leaves behind, and reading it back.
export { writeResults } from './writeResults.js';
export type { ResultsStage, WriteResultsOptions } from './options.js';
export { readSummary, type ResultTensor, type Results } from './readSummary.js';
export { prepareOutputDirectory, RESULT_FILES, type OutputDirectoryOptions } from './files.js';
export { summarySchema, SUMMARY_VERSION, type Distribution, type ResultsSummary, type SpaceSummary } from './summarySchema.js';
export type { ResultDraw } from './drawStore.js';
