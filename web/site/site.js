/** A return link that was made when the chat stood here still opens it; its secret never leaves the address. */
const link = /^#(resume=.*|[\w-]{20,200})$/

if (link.test(location.hash)) location.replace(`/chat${location.hash}`)
