"""A mailbox that a worker looks into: what comes there is dealt with once, or put aside for people."""

from chassis.mailbox.address import mail_server
from chassis.mailbox.imap import ImapMailbox, MailboxAway, MailServer
from chassis.mailbox.post import Post
from chassis.mailbox.received import MOST_BYTES, Mailbox, Received

__all__ = ["MOST_BYTES", "ImapMailbox", "MailServer", "Mailbox", "MailboxAway", "Post", "Received", "mail_server"]
