// The part of the schema that the documents of the measurement use.
import DataLoader from 'dataloader'
import { directory, scores } from './services.js'

const DAY = 86_400_000
const ZONE_MILLISECONDS = 60_000
const STATUS = [
  null, 'OK', 'LOW_BASE', 'INSUFFICIENT_BASE', 'NO_DATA', 'NOT_APPLICABLE', 'COUNTING', 'WITHHELD',
]

const dayOf = date => Date.parse(date) / DAY
const dateOf = day => new Date(day * DAY).toISOString().slice(0, 10)

/** What one request carries. */
export function contextOf(viewer) {
  const context = { viewer }
  context.byKey = new DataLoader(keys => departments(viewer, { keys }, keys, 'key'))
  context.byId = new DataLoader(ids => departments(viewer, { ids }, ids, 'id'))
  context.scorecards = new DataLoader(asked => scorecards(viewer, asked), {
    cacheKeyFn: ({ departmentId, scope, metrics }) => JSON.stringify([departmentId, scope, metrics]),
  })
  return context
}

async function departments(viewer, request, wanted, name) {
  const reply = await directory(viewer, 'BatchGetDepartments', request)
  const found = new Map(reply.departments?.map(department => [department[name], department]))
  return wanted.map(each => found.get(each) ?? null)
}

/** One call for all departments of the same scope and metrics. */
async function scorecards(viewer, asked) {
  const groups = new Map()
  for (const { departmentId, scope, metrics } of asked) {
    const name = JSON.stringify([scope, metrics])
    if (!groups.has(name)) groups.set(name, { departmentIds: [], scope, metrics })
    groups.get(name).departmentIds.push(departmentId)
  }
  const found = new Map()
  const load = async ([name, request]) => {
    const reply = await scores(viewer, 'GetScorecards', request)
    for (const card of reply.scorecards ?? []) found.set(`${name} ${card.departmentId}`, card)
  }
  await Promise.all([...groups].map(load))
  return asked.map(({ departmentId, scope, metrics }) =>
    found.get(`${JSON.stringify([scope, metrics])} ${departmentId}`) ?? null
  )
}

let zone = { until: 0 }

/** The organisation's local day; its time zone is asked for once a minute. */
async function today(viewer) {
  if (Date.now() >= zone.until) {
    const { organization } = await directory(viewer, 'GetOrganization', {})
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: organization.timeZone })
    zone = { format, until: Date.now() + ZONE_MILLISECONDS, dayEnds: 0 }
  }
  if (Date.now() >= zone.dayEnds) {
    const minute = 60_000
    zone.day = dayOf(zone.format.format(Date.now()))
    zone.dayEnds = (Math.floor(Date.now() / minute) + 1) * minute
  }
  return zone.day
}

const holds = (place, day) =>
  (place.fromDay === undefined || place.fromDay <= day) && (place.toDay === undefined || day < place.toDay)

async function parentOf(department, context) {
  if (!department.placements?.some(place => place.parentId !== undefined)) return null
  const day = await today(context.viewer)
  return context.byId.load(department.placements.find(place => holds(place, day)).parentId)
}

/** Keys of the metrics that a selection names; undefined, which is all, where a fragment may name more. */
function metricsOf(info) {
  const keys = new Set()
  for (const node of info.fieldNodes.flatMap(({ selectionSet }) => selectionSet.selections)) {
    if (node.kind !== 'Field') return undefined
    const name = node.name.value
    if (name === 'score') {
      const given = node.arguments[0].value
      keys.add(given.kind === 'Variable' ? info.variableValues[given.name.value] : given.value)
    } else keys.add(name)
  }
  return [...keys].sort()
}

const scoreNamed = (card, key) => {
  const message = card.message.scores?.find(({ metric }) => metric === key)
  return message ? { message, departmentId: card.departmentId, scope: card.scope } : null
}
const nameOf = ({ metric, version }) => `${metric}@${version}`
const statusOf = message =>
  message.isWithheld ? 'WITHHELD' : message.isCounting ? 'COUNTING' : STATUS[message.status]

const ofMessage = name => ({ message }) => message[name]
const scoreFields = {
  status: ({ message }) => statusOf(message),
  countedIn: ({ message }) => message.countedIn || null,
  wave: ({ message }) => message.wave || null,
  value: ofMessage('value'),
  base: ofMessage('base'),
  interval: ofMessage('interval'),
}

export const resolvers = {
  Query: {
    department: (_, { key }, context) => context.byKey.load(key),
    departments: (_, { first, search }, { viewer }) =>
      directory(viewer, 'ListDepartments', { first: first ?? 50, search: search ?? '' }),
  },
  DepartmentConnection: { edges: page => page.departments ?? [] },
  DepartmentEdge: { node: department => department },
  Department: {
    parent: (department, _, context) => parentOf(department, context),
    scorecard: async (department, { period, includeSubtree = true, tree = 'TODAY' }, context, info) => {
      const scope = {
        fromDay: dayOf(period.from),
        toDay: dayOf(period.to),
        includeSubtree,
        tree: tree === 'TODAY' ? 1 : 2,
      }
      const departmentId = department.id
      const message = await context.scorecards.load({ departmentId, scope, metrics: metricsOf(info) })
      return message && { departmentId, scope, message }
    },
  },
  Scorecard: {
    nps: card => scoreNamed(card, 'nps'),
    csat: card => scoreNamed(card, 'csat'),
    ces: card => scoreNamed(card, 'ces'),
    score: (card, { metric }) => scoreNamed(card, metric),
  },
  Score: {
    ...scoreFields,
    secondary: ofMessage('secondary'),
    secondaryInterval: ofMessage('secondaryInterval'),
    rest: ofMessage('rest'),
    trend: async ({ departmentId, scope, message }, { interval }, { viewer }) => {
      const asked = { departmentId, scope, metric: nameOf(message), interval: `CALENDAR_INTERVAL_${interval}` }
      const reply = await scores(viewer, 'GetTrend', asked)
      return (reply.points ?? []).map(({ fromDay, toDay, score }) => ({ fromDay, toDay, message: score }))
    },
    breakdown: async ({ departmentId, scope, message }, { by }, { viewer }) => {
      const asked = { departmentId, scope, metric: nameOf(message), dimension: `DIMENSION_${by}` }
      const reply = await scores(viewer, 'GetBreakdown', asked)
      return reply.groups ?? []
    },
  },
  ScorePoint: { ...scoreFields, from: ({ fromDay }) => dateOf(fromDay), to: ({ toDay }) => dateOf(toDay) },
  ScoreGroup: { key: group => group.key || null, score: ({ score }) => ({ message: score }) },
}
