"""What is stored. One room per matter; nothing here knows actions, views or WhatsApp."""

from __future__ import annotations

from inbox.models.agent import Agent, AgentEvent, Team
from inbox.models.attachment import Attachment
from inbox.models.attention import Follower, Mention, Reminder
from inbox.models.automatic import (
    AutomaticText,
    AutomaticUse,
    AutomaticVariant,
    GivenNotice,
)
from inbox.models.bulk_act import BulkAct, BulkChange
from inbox.models.channel import AppSecret, Channel, ChannelEvent
from inbox.models.contact import Contact, ContactIdentity
from inbox.models.contact_field import ContactField, ContactValue
from inbox.models.contact_label import ContactLabel
from inbox.models.contact_record import (
    ContactBlock,
    ContactEvent,
    ContactMerge,
    ContactNote,
)
from inbox.models.conversation import Conversation, ConversationLabel, FormerCode
from inbox.models.hint import Hint
from inbox.models.label import Label, LabelEvent
from inbox.models.message import Message, MessageVersion, Reaction
from inbox.models.opening_hours import OpeningHours, OpeningWeek, SpecialOpening
from inbox.models.push_subscription import PushSubscription
from inbox.models.quick_reply import (
    QuickReply,
    QuickReplyEvent,
    QuickReplyFile,
    QuickReplyText,
    QuickReplyUse,
)
from inbox.models.routing import RoutingTurn, WentBack
from inbox.models.rule import Rule, RuleEvent, RuleFiring, RuleWork
from inbox.models.saved_view import SavedView, SavedViewEvent
from inbox.models.session import AgentSession
from inbox.models.template import Template
from inbox.models.webhook import ParkedHappening, Webhook

__all__ = [
    "Agent",
    "AgentEvent",
    "AgentSession",
    "AppSecret",
    "Attachment",
    "AutomaticText",
    "AutomaticUse",
    "AutomaticVariant",
    "BulkAct",
    "BulkChange",
    "Channel",
    "ChannelEvent",
    "Contact",
    "ContactBlock",
    "ContactEvent",
    "ContactField",
    "ContactIdentity",
    "ContactLabel",
    "ContactMerge",
    "ContactNote",
    "ContactValue",
    "Conversation",
    "ConversationLabel",
    "Follower",
    "FormerCode",
    "GivenNotice",
    "Hint",
    "Label",
    "LabelEvent",
    "Mention",
    "Message",
    "MessageVersion",
    "OpeningHours",
    "OpeningWeek",
    "ParkedHappening",
    "PushSubscription",
    "QuickReply",
    "QuickReplyEvent",
    "QuickReplyFile",
    "QuickReplyText",
    "QuickReplyUse",
    "Reaction",
    "Reminder",
    "RoutingTurn",
    "Rule",
    "RuleEvent",
    "RuleFiring",
    "RuleWork",
    "SavedView",
    "SavedViewEvent",
    "SpecialOpening",
    "Team",
    "Template",
    "Webhook",
    "WentBack",
]
