import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

export const arrows: Readonly<Record<string, { readonly may: readonly string[]; readonly because: string }>>;
declare const configuration: { readonly forbidden: IForbiddenRuleType[]; readonly options: ICruiseOptions };
export default configuration;
