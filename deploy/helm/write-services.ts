import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartServices } from './chart-services.ts';

// Helm can read no TypeScript: the chart has the list of services as a file.
writeFileSync(join(import.meta.dirname, 'phone82', 'services.json'), chartServices());
