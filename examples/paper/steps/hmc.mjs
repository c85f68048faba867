// The job hmc.yaml of the setting.
import { runJob } from '../support/job.mjs';

export const run = (context) => runJob(context, 'hmc');
