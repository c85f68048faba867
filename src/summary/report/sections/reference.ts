// Sections: how to open the results in Python, and every setting of the job.
import { RESULT_FILES } from '../../files.js';
import { flatSettings } from '../../settings.js';
import { escapeHtml, figure } from '../html.js';
import type { ReportInput, Section } from '../section.js';

export function usageSection({ posterior, aligned }: ReportInput): Section {
  const weight = posterior.tensors[0]!.name;
  const prefix = aligned === null ? 'raw/' : '';
  const torch = `from safetensors.torch import load_file

posterior = load_file("${RESULT_FILES.tensors}")
mean = posterior["${prefix}mean/${weight}"]
std = posterior["${prefix}std/${weight}"]

# the posterior mean as a state_dict
state_dict = {
    name.removeprefix("${prefix}mean/"): tensor
    for name, tensor in posterior.items()
    if name.startswith("${prefix}mean/")}`;
  const arviz = `import arviz as az
import xarray as xr

draws = az.InferenceData.from_datatree(
    xr.open_datatree("${RESULT_FILES.draws}", engine="zarr"))

az.rhat(draws.posterior[["${posterior.tensors[1]!.name}"]], method="split")
az.plot_energy(draws)`;
  const html = `<h2>Use these results</h2>
<p>Everything on this page is in files beside it. Names and layouts are PyTorch's: <code>${escapeHtml(weight)}</code> is [${posterior.tensors[0]!.shape.join(', ')}].</p>
<div class="figures">${figure({ id: 'use-torch', title: 'Compact posterior in PyTorch', body: code(torch), caption: `Also <code>rhat/</code> and <code>ess/</code>; the same of weights as sampled under <code>raw/</code>; and the network that draws were aligned to under <code>reference/</code>.` })}${figure({ id: 'use-arviz', title: 'All draws in ArviZ', body: code(arviz), caption: `Weights as sampled, with <code>sample_stats</code>. With zarr 2: <code>az.from_zarr("${RESULT_FILES.draws}")</code>.` })}</div>`;
  return { id: 'use', label: 'Use', html };
}

export function settingsSection({ job }: ReportInput): Section {
  const rows = flatSettings(job)
    .map(([path, value]) => `<div><dt>${escapeHtml(path)}</dt><dd>${escapeHtml(value)}</dd></div>`)
    .join('');
  const html = `<h2>Settings</h2><p>The job as it was resolved, defaults included; <code>${RESULT_FILES.job}</code>, put beside the original job file, runs it again.</p>
<div class="figures">${figure({ id: 'settings-list', title: 'Job', wide: true, body: `<dl class="settings">${rows}</dl>`, caption: '' })}</div>`;
  return { id: 'settings', label: 'Settings', html };
}

function code(text: string): string {
  return `<pre><code>${escapeHtml(text)}</code></pre>`;
}
