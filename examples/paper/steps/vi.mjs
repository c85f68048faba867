// The job vi.yaml of the setting.
import { runJob } from '../support/job.mjs';

export const run = (context) => runJob(context, 'vi');
