import { runImport } from '@phone82/host';
import { app } from './build.ts';

await runImport(app);
