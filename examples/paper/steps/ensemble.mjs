// The job ensemble.yaml of the setting.
import { runJob } from '../support/job.mjs';

export const run = (context) => runJob(context, 'ensemble');
