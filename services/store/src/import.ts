import { runImport } from '@phone82/host';
import { store } from './build.ts';

await runImport(store);
