import { runService } from '@phone82/host';
import { app } from './build.ts';

await runService(app);
