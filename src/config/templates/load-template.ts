/** A CloudFormation template from its file, YAML or JSON. */
import { isJsonObject } from '../../domain/model/json.ts';
import type { Template } from '../../domain/template/template.ts';
import type { Complaint } from '../../errors.ts';
import { parseTemplate } from '../../yaml/document.ts';
import { readText } from '../../yaml/read-text.ts';
import { fileComplaint } from '../../yaml/yaml-errors.ts';

export interface TemplateFile {
  /** `null`: it is none, and the complaints say why. */
  readonly template: Template | null;
  /** As it lies; `null`: it could not be read. */
  readonly text: string | null;
  readonly complaints: readonly Complaint[];
}

export function loadTemplate(file: string): TemplateFile {
  const read = readText(file);
  if ('complaint' in read) return { template: null, text: null, complaints: [read.complaint] };
  return { ...templateIn(file, read.text), text: read.text };
}

export function templateIn(file: string, text: string): Pick<TemplateFile, 'template' | 'complaints'> {
  const { documents, complaints } = parseTemplate(file, text);
  const [document] = documents;
  const value = document?.value;
  if (document === undefined || complaints.length > 0) return { template: null, complaints };
  if (!isJsonObject(value) || !isJsonObject(value['Resources'])) {
    const complaint = fileComplaint(file, 'is no CloudFormation template: it has no Resources');
    return { template: null, complaints: [complaint] };
  }
  const locationOf: Template['locationOf'] = (path) => {
    const { line, column } = document.keySpot(path);
    return { file, line, column };
  };
  return { template: { file, value, locationOf }, complaints: [] };
}
