#!/usr/bin/env node
// The command line: declares the commands, runs one, turns its error into a message and an exit code.
import { Command, CommanderError, Option } from 'commander';
import { BasinetError } from '../errors.js';
import { MATCHINGS } from '../rebasin/matching.js';
import { PRUNING_CRITERIA } from '../summary/prune/criteria.js';
import { VERSION } from '../version.js';
import type { AlignOptions } from './commands/align.js';
import type { BarrierCommandOptions } from './commands/barrier.js';
import type { CompareCommandOptions } from './commands/compare.js';
import type { DoctorOptions } from './commands/doctor.js';
import type { EvaluateOptions } from './commands/evaluate.js';
import type { ExplainOptions } from './commands/explain.js';
import type { LogProbOptions } from './commands/logProb.js';
import type { PredictOptions } from './commands/predict.js';
import type { PruneOptions } from './commands/prune.js';
import type { RefoldCommandOptions } from './commands/refold.js';
import type { AggregatorOptions, GatewayOptions, ServerOptions, WorkerOptions } from './commands/roles.js';
import type { RunOptions } from './commands/run.js';
import type { ValidateOptions } from './commands/validate.js';
import { exitCodeHelp, printError } from './output.js';

const json = (): Option => new Option('--json', 'print one JSON document on standard output');
const engine = (): Option => new Option('--engine <name>', 'engine').choices(['auto', 'native', 'reference', 'tfjs']).default('auto');
const from = (): Option => new Option('--from <what>', 'of results: draws, aligned, raw, control, low-rank, mean, several with commas, or all (default: draws; of a file: aligned)');
const samples = (): Option => new Option('--samples <n>', 'draws at most (default: 1000); samples of a compact form (default: the job’s evaluation.compactSamples)');
const collect = (value: string, before: readonly string[]): string[] => [...before, value];
const matching = (): Option => new Option('--matching <what>', 'what is matched').choices(MATCHINGS);
/** What all commands that align have in common. Without a job: weights, one order, 50 sweeps. */
const alignment = (command: Command): Command =>
  command
    .option('--signs', 'align signs too: hidden activations are odd (tanh)')
    .option('--no-signs', 'align the order of units alone')
    .option('--orders <n>', 'weights, two hidden layers and more: orders of the layers to try')
    .option('--max-sweeps <n>', 'weights, two hidden layers and more: coordinate-descent sweeps');
const server = (): Option => new Option('--server <url>', 'NATS server').env('BASINET_NATS_URL').default('nats://127.0.0.1:4222');
const metricsPort = (): Option => new Option('--metrics-port <port>', 'port of /metrics and /healthz; 0: any free one').default('0');

/** Commands are loaded when called: `basinet --help` and short commands start fast. */
function build(): Command {
  const program = new Command('basinet')
    .description('Posteriors of neural networks by many chains (HMC, SGLD, SGHMC, variational inference, deep ensembles), aligned on a stream')
    .version(VERSION)
    .showHelpAfterError('(add --help for usage)')
    .addHelpText('after', `\n${exitCodeHelp()}`)
    .exitOverride();

  program
    .command('run')
    .argument('[job]', 'job file (YAML or JSON); not with --resume')
    .description('run a job on this machine: own nats-server, coordinator, worker, aggregator; writes the results')
    .option('--out <dir>', 'directory of the results (default: results/<job name>)')
    .option('--overwrite', 'replace what is in that directory')
    .option('--resume <dir>', 'go on with the job that a stopped run left in this directory')
    .option('--workers <n>', 'worker processes (with --engines: of each)', '1')
    .option('--engines <names>', 'a mixed pool: workers of each of these engines, such as native,tfjs; for jobs with engine auto')
    .option('--slots <n>', 'chains at once in each worker (default: all chains of the job, at most two a core)')
    .option('--keep-log', 'keep the nats-server’s store (the draw log) after success')
    .addOption(json())
    .action(async (job: string | undefined, options: RunOptions) => (await import('./commands/run.js')).run(job, options));

  program
    .command('validate')
    .argument('<job>', 'job file')
    .description('check a job file and the data it names')
    .option('--no-data', 'check the job file alone')
    .addOption(json())
    .action(async (job: string, options: ValidateOptions) => (await import('./commands/validate.js')).validate(job, options));

  program
    .command('explain')
    .argument('<job>', 'job file')
    .description('show what a job resolves to and what it will cost on this machine')
    .option('--no-measure', 'skip the measurement of gradients and steps, half a second each')
    .addOption(json())
    .action(async (job: string, options: ExplainOptions) => (await import('./commands/explain.js')).explain(job, options));

  program
    .command('log-prob')
    .argument('<job>', 'job file')
    .description('potential energy, its parts and the gradient at given parameters')
    .requiredOption('--params <file>', 'safetensors with one tensor per parameter of the network')
    .option('--gradient <file>', 'write the gradient of the log posterior there, as safetensors')
    .addOption(engine())
    .addOption(json())
    .action(async (job: string, options: LogProbOptions) => (await import('./commands/logProb.js')).logProb(job, options));

  alignment(program.command('align'))
    .argument('<reference>', 'safetensors of the network to align to')
    .argument('<others...>', 'safetensors of networks to align')
    .description('rebasin of saved networks: permute hidden units to match the reference')
    .option('--out <dir>', 'write each aligned network there, under its own file name')
    .addOption(new Option('--to <what>', 'align to the first network, or all of them to their common mean').choices(['reference', 'mean']).default('reference'))
    .addOption(matching())
    .option('--job <job>', 'job file of these networks: activation functions, and data for --matching activations')
    .option('--rescale', 'ReLU: first scale every unit such that what comes in is as long as what goes out')
    .option('--max-iterations <n>', 'with --to mean: rounds over all networks (default: 50)')
    .addOption(json())
    .action(async (reference: string, others: string[], options: AlignOptions) => (await import('./commands/align.js')).align(reference, others, options));

  alignment(program.command('barrier'))
    .argument('<job>', 'job file: data, activations and likelihood')
    .argument('<a>', 'safetensors of one network')
    .argument('<b>', 'safetensors of the other')
    .description('loss and accuracy along the straight line between two saved networks, before and after aligning b to a')
    .option('--points <n>', 'networks on the line, both ends included', '25')
    .option('--out <file>', 'write the curves there, as one HTML page')
    .addOption(matching())
    .addOption(engine())
    .addOption(json())
    .action(async (job: string, a: string, b: string, options: BarrierCommandOptions) => (await import('./commands/barrier.js')).barrier(job, a, b, options));

  alignment(program.command('compare'))
    .argument('<a>', 'results directory, or safetensors of mean/<name> and std/<name>')
    .argument('<b>', 'the same, of one architecture; aligned to <a>')
    .description('how far two posteriors are apart: KL divergences, Wasserstein distance, correlations, per tensor')
    .option('--out <file>', 'write a page of plots there')
    .addOption(new Option('--space <space>', 'weights after alignment of the draws, or as sampled').choices(['aligned', 'raw']).default('aligned'))
    .option('--no-align', 'leave the units of <b> as they are')
    .addOption(json())
    .action(async (a: string, b: string, options: CompareCommandOptions) => (await import('./commands/compare.js')).compare(a, b, options));

  alignment(program.command('prune'))
    .argument('<job>', 'job file')
    .argument('<network>', 'safetensors of the network to prune: a state_dict')
    .description('set weights of a saved network to zero by the uncertainties of a summary; shows the scores over the fraction kept')
    .requiredOption('--summary <path>', 'results directory, or safetensors with mean/<name> and std/<name>')
    .addOption(new Option('--criterion <name>', 'what goes first').choices([...PRUNING_CRITERIA, 'all']).default('std'))
    .option('--keep <fraction>', 'fraction of the weights to keep (default: a curve of fractions)')
    .option('--out <file>', 'write the pruned network there, and its mask beside it; with --keep')
    .option('--report <file>', 'write a page with the curves there')
    .option('--seed <n>', 'seed of the criterion random', '0')
    .option('--biases', 'prune biases too')
    .addOption(json())
    .action(async (job: string, network: string, options: PruneOptions) => (await import('./commands/prune.js')).prune(job, network, options));

  program
    .command('predict')
    .argument('<model>', 'results directory, file of mean/<name> and std/<name>, or safetensors of a network')
    .description('predictive probabilities (or means and standard deviations) of every row, with their uncertainty')
    .option('--job <file>', 'job file: data, network and scaling (default: job.yaml of the results)')
    .option('--inputs <data>', 'FILE.npy, FILE.npz#KEY, FILE.safetensors#TENSOR, FILE.csv or an IDX file (default: the job’s test rows)')
    .addOption(from())
    .addOption(samples())
    .option('--out <file>', 'write the predictions there: .npy, .safetensors or .csv')
    .addOption(json())
    .action(async (model: string, options: PredictOptions) => (await import('./commands/predict.js')).predict(model, options));

  program
    .command('evaluate')
    .argument('<job>', 'job file')
    .argument('<models...>', 'results directories, files of mean/<name> and std/<name>, or safetensors of networks')
    .description('scores of posteriors and of saved networks on the job’s test data, each alone, the networks as an ensemble too')
    .addOption(from())
    .addOption(samples())
    .option('--against <path>', 'what agreement is measured with (default: the draws of the first results)')
    .option('--ood <file>', 'inputs from elsewhere, for the entropy of predictions on them; may be repeated', collect, [])
    .addOption(json())
    .action(async (job: string, models: string[], options: EvaluateOptions) => (await import('./commands/evaluate.js')).evaluate(job, models, options));

  program
    .command('refold')
    .argument('<target>', 'results directory of basinet run; with --server, the name of a job on that cluster')
    .description('fold the draws of a job that has ended again, under another reference or other settings of the alignment; writes a results directory')
    .option('--reference <what>', 'first-draw, map, mean, or a safetensors file of the network')
    .option('--versions <n>', 'with --reference mean: how often the reference is made')
    .option('--matching <name>', 'what alignment maximises: rebasin.matching of a job file')
    .option('--signs <choice>', 'whether units may change their signs too, auto, true or false: rebasin.signs of a job file')
    .option('--set <key=value>', 'any other key of rebasin or statistics, e.g. rebasin.maxSweeps=100; may be repeated', collect, [])
    .option('--out <dir>', 'directory of the results (default: <target>-refolded)')
    .option('--overwrite', 'replace what is in that directory')
    .option('--job <file>', 'job file that the run was started with, where the data are not found from the results directory')
    .option('--server <url>', 'NATS server of the cluster that holds the job')
    .addOption(json())
    .action(async (target: string, options: RefoldCommandOptions) => (await import('./commands/refold.js')).refold(target, options));

  program
    .command('doctor')
    .description('what this machine offers: CPU features, engines, nats-server, disk')
    .addOption(json())
    .action(async (options: DoctorOptions) => (await import('./commands/doctor.js')).doctor(options));

  program
    .command('coordinator')
    .description('one role, for a cluster: turns jobs into chain tasks and ends them')
    .addOption(server())
    .addOption(metricsPort())
    .action(async (options: ServerOptions) => (await import('./commands/roles.js')).coordinator(options));

  program
    .command('worker')
    .description('one role, for a cluster: leases chains, samples, publishes draws')
    .addOption(server())
    .addOption(metricsPort())
    .option('--slots <n>', 'chains at once (default: one a core)')
    .addOption(new Option('--class <class>', 'resource class whose tasks it takes, beside those for any').choices(['cpu', 'gpu']).default('cpu'))
    .addOption(new Option('--engine <name>', 'the only engine to use; auto: what each job asks for').choices(['auto', 'native', 'reference', 'tfjs']).default('auto'))
    .option('--cache <dir>', 'where data sets are kept')
    .action(async (options: WorkerOptions) => (await import('./commands/roles.js')).worker(options));

  program
    .command('aggregator')
    .description('one role, for a cluster: aligns draws and keeps the statistics')
    .option('--name <name>', 'name under which it leases partitions; one that comes back under its name gets them at once (default: unique)')
    .addOption(server())
    .addOption(metricsPort())
    .action(async (options: AggregatorOptions) => (await import('./commands/roles.js')).aggregator(options));

  program
    .command('gateway')
    .description('one role, for a cluster: HTTP access to jobs and statistics')
    .addOption(server())
    .option('--host <host>', 'address to bind', '127.0.0.1')
    .option('--port <port>', 'port to bind', '8080')
    .action(async (options: GatewayOptions) => (await import('./commands/roles.js')).gateway(options));

  for (const command of program.commands) command.exitOverride();
  return program;
}

async function main(argv: readonly string[]): Promise<number> {
  const wantsJson = argv.includes('--json');
  try {
    await build().parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usage(error, wantsJson);
    return printError(error, wantsJson);
  }
}

/** Commander has printed its message already; scripts get it as JSON. */
function usage(error: CommanderError, wantsJson: boolean): number {
  const known = new BasinetError('USAGE', error.message.replace(/^error: /, ''));
  return wantsJson ? printError(known, true) : known.exitCode;
}

process.exitCode = await main(process.argv.slice(2));
