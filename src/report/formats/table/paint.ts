import { styleText } from 'node:util';
import type { Severity } from '../../../domain/model/severity.ts';

/** Colour marks verdict and severity, and nothing else. */
export interface Paint {
  readonly severity: (severity: Severity, text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly unknown: (text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
};

export function newPaint(color: boolean): Paint {
  // Whether there is a terminal, and NO_COLOR, was asked where the output is known.
  const paint = (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text;
  return {
    severity: (severity, text) => paint(severityStyles[severity], text),
    good: (text) => paint(['bold', 'green'], text),
    bad: (text) => paint(['bold', 'red'], text),
    unknown: (text) => paint(['bold', 'yellow'], text),
  };
}
