/**
 * Words that say nothing about a trouble by themselves: they hold sentences together or keep a talk going.
 * A message of only these ("both", "give me a minute", "yeah right") describes no symptom, whatever phrases share them.
 */
export const smallWords: ReadonlySet<string> = new Set(
  `
a an the this that these those it he she we they you i me my mine your yours his her hers our ours their theirs him us
them myself yourself itself self who whom whose what which when where why how is am are was were be been being do does
did done doing have has had having will would shall should can could may might must ought to of in on at by for from
with without about into onto over under up down out off as than then so too very just only also even else already yet
still again ever never always often once twice now soon later today tonight tomorrow yesterday here there and or but if
because though while until since after before not no nope nah none nothing nobody yes yeah yep yup ya ok okay sure fine
right wrong well oh ah um uh hm hmm wow lol please thanks thank sorry hi hey hello bye one two three four five six seven
eight nine ten first second third last next both either neither all any some many much more most few every each another
other others same such own anyone anybody someone somebody everyone everybody anything something everything anywhere
back wait hold moment minute minutes min mins sec second hour hours day days week time give gave let lets go going gone
get got come came try trying tried think thought guess know knew mean means see look say said tell told make made take
took put want wanted need thing things stuff way kind sort bit lot lots guy guys man mate dude true false maybe perhaps
really actually quite rather almost enough good great nice cool bad yo like ios ipados macos thumbsup thumbsdown
`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
