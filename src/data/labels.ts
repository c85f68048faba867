// Class labels: whole numbers from 0, kept as such; one-hot targets are never made.
import { invalidData } from './file.js';
import type { RawSplit } from './source.js';

/** A larger label than this, with no number of classes given, is more likely a real target than a class. */
const LARGEST_UNDECLARED_LABEL = 9999;

/**
 * Labels of a split.
 *
 * @param classes labels must be below; null: not yet known
 * @throws BasinetError DATA_INVALID with file and row: several columns, labels that are no whole numbers or out of range
 */
export function labelsOf(split: RawSplit, classes: number | null): Int32Array {
  const { data, shape } = split.targets;
  const file = split.targetsFile;
  if (shape[1] !== 1) {
    invalidData(file, `has ${shape[1]} target columns where class labels take one`, {
      value: shape[1],
      remedy: 'Give class indices (the argmax of one-hot rows), or set likelihood.kind to gaussian.',
    });
  }
  const labels = new Int32Array(data.length);
  for (let row = 0; row < data.length; row++) {
    const label = data[row]!;
    if (!Number.isInteger(label) || label < 0) {
      invalidData(file, `label ${label} is not a whole number from 0`, {
        place: { row },
        value: label,
        remedy: 'Give class indices, or set likelihood.kind to gaussian.',
      });
    }
    if (label > (classes === null ? LARGEST_UNDECLARED_LABEL : classes - 1)) {
      const range = classes === null ? `is above ${LARGEST_UNDECLARED_LABEL}` : `is outside the ${classes} classes 0 … ${classes - 1}`;
      invalidData(file, `label ${label} ${range}`, {
        place: { row },
        value: label,
        remedy: 'Set data.targets.classes to the number of classes, or mend the label.',
      });
    }
    labels[row] = label;
  }
  return labels;
}

/** The largest training label plus one. */
export function countClasses(split: RawSplit, labels: Int32Array): number {
  let largest = 0;
  for (const label of labels) largest = Math.max(largest, label);
  if (largest === 0) {
    invalidData(split.targetsFile, 'every label is 0: one class leaves nothing to learn', {
      value: 0,
      remedy: 'Give rows of two classes or more, or set data.targets.classes.',
    });
  }
  return largest + 1;
}
