import { errorsFromLog } from '@phone82/local-server';

export const errorFromLog = errorsFromLog({
  name: 'PostgreSQL',
  faults: [
    [/No space left on device|Disk quota exceeded|ENOSPC/i, 'diskFull'],
    [/Address already in use|could not bind/i, 'portTaken'],
    [/lock file .* already exists|pre-existing shared memory block/i, 'inUse'],
    [/could not look up effective user ID/, 'rootRefused'],
    [/Permission denied|Read-only file system|EACCES|EROFS|ENOTDIR|ENOENT/i, 'notWritable'],
  ],
  reason: /FATAL|PANIC|error:/,
});
