import { visible } from '../../../escape/visible.ts';

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly title: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
}

/** One GitHub workflow command, such as `::error file=policies/x.yaml,line=9,title=…::…` (actions/toolkit, command.ts). */
export function workflowCommand(level: Level, annotation: Annotation, message: string): string {
  const properties = Object.entries(annotation)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  return `::${level} ${properties}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
