import { runImport } from '@phone82/host';
import { pay } from './build.ts';

await runImport(pay);
