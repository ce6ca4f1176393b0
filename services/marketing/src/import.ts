import { runImport } from '@phone82/host';
import { marketing } from './build.ts';

await runImport(marketing);
