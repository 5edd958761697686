import type {
  Button as ServerButton,
  Press as ServerPress,
  Reply as ServerReply,
} from '../../dialogs'
import type { Standing as ServerStanding } from '../../src/channels/direct-line/standing'
import type { Button, Press, Reply, Standing } from '../../web/widget/wire'

/** Both sides describe what goes between them, each for itself: `npm run types` fails where one no longer fits the other. */
export type Agreed = [
  Fits<ServerButton, Button>,
  Fits<Button, ServerButton>,
  Fits<ServerPress, Press>,
  Fits<Press, ServerPress>,
  Fits<ServerReply, Reply>,
  Fits<Reply, ServerReply>,
  Fits<ServerStanding, Standing>,
  Fits<Standing, ServerStanding>,
]

type Fits<A extends B, B> = A
