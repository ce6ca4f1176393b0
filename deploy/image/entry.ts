import { roles } from './roles.ts';
import { imports, migrations } from './schemas.ts';

const [role = '', service = ''] = process.argv.slice(2);
const ofService = { migrate: migrations, import: imports }[role];
const start = ofService ? ofService[service] : roles[role];
if (start) await start();
else {
  console.error(
    `phone82: name what to run: ${Object.keys(roles).join(', ')}, migrate with ${Object.keys(migrations).join(', ')}, or import with ${Object.keys(imports).join(', ')}`,
  );
  process.exitCode = 2;
}
