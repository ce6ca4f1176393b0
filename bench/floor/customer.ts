import { listen } from './http.ts';
import { follow } from './log.ts';
import { foldNews } from './news.ts';
import { connect } from './postgres.ts';
import { endProcess } from './relay.ts';
import { together } from './together.ts';

const FOLD = `
  with consumed as (update consumed set position = $1)
  insert into views (id, item, qty, price, status, point, timeline)
  select * from unnest($2::bigint[], $3::text[], $4::int[], $5::bigint[], $6::int[], $7::bigint[], $8::text[])
  on conflict (id) do update set
    item = coalesce(excluded.item, views.item), qty = coalesce(excluded.qty, views.qty),
    price = coalesce(excluded.price, views.price), status = greatest(views.status, excluded.status),
    point = least(views.point, excluded.point), timeline = views.timeline || excluded.timeline`;

const consuming = await connect(process.env.DATABASE_URL);
const reading = await connect(process.env.DATABASE_URL);

const fold = consuming(FOLD);
const position = (await consuming('select position from consumed')())[0].position;
follow(position, async (events, last) => {
  const news = foldNews(events);
  await fold(
    last,
    news.map(({ id }) => id),
    news.map(({ order }) => order.item ?? null),
    news.map(({ order }) => order.qty ?? null),
    news.map(({ order }) => order.price ?? null),
    news.map(({ status }) => status),
    news.map(({ point }) => point),
    news.map(({ timeline }) => timeline),
  );
}).catch(endProcess);

const select = reading('select * from views where id = any($1::bigint[])');
const find = together(async (ids: number[]) => {
  const found = new Map((await select(ids)).map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
});

listen(async (_method, path) => {
  const view = await find(Number(path.slice('/customers/'.length)));
  return view ? { status: 200, body: view } : { status: 404, body: {} };
});
