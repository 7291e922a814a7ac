import { toSettings } from '../src/config/settings/to-settings.ts';

/** The settings where no flag, no variable and no file says otherwise. */
export const defaultSettings = toSettings({}, { file: null, allowedByFlag: [], off: false, policiesFromFile: false });
