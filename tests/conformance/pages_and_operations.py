"""Which operations of the API answer what each page shows and does; or, after a dash, why none does.

A page is named by its route without the types of its parts, as Django spells them. A new page needs a line here, and
so a decision.
"""

from __future__ import annotations

import re

OPERATIONS = """
home                              feed_feed
home/rail                         beside_home
me/following                      people_following
library                           feed_browse feed_listed
search                            search_search
search/suggest                    search_suggest
library/glossary                  glossary_listed
library/glossary/new              glossary_explain
library/glossary/<>               glossary_listed glossary_change
library/glossary/<>/remove        glossary_remove
me/searches                       searches_kept searches_keep
me/searches/new                   searches_kept
me/searches/beside                searches_kept
me/searches/<>                    searches_change searches_looked
me/searches/<>/remove             searches_remove
complete                          search_suggest

inbox                             inbox_show
inbox/read                        inbox_read_all
inbox/read/undo                   inbox_unread_again
inbox/requests                    inbox_waiting
inbox/requests/<>/yes             inbox_decide
inbox/requests/<>/no              inbox_decide
inbox/levels                      me_levels spaces_set_level me_follow_level
inbox/messages                    messages_listed
inbox/messages/new                messages_begin
inbox/messages/new/offers         search_suggest
inbox/messages/<>                 messages_show messages_said messages_say messages_read
inbox/messages/<>/details         messages_show
inbox/messages/<>/read            messages_read
inbox/messages/<>/muted           messages_mute
inbox/messages/<>/muted/undo      messages_unmute
inbox/messages/<>/people          messages_add
inbox/messages/<>/name            messages_rename
inbox/messages/<>/left            messages_leave
inbox/messages/<>/<>/edit         messages_edit
inbox/messages/<>/<>/remove       messages_remove
inbox/messages/<>/<>/restore      messages_restore
inbox/messages/from               messages_messages_from messages_open_to
inbox/messages/from/<>            messages_silence
inbox/messages/from/<>/undo       messages_unsilence
inbox/messages/<>/<>/report       messages_reported messages_report
inbox/messages/<>/<>/report/undo  messages_unreport
search/messages                   messages_found
search/messages/beside            messages_found
inbox/<>                          inbox_read
inbox/<>/read                     inbox_read
inbox/<>/unread                   inbox_unread
inbox/<>/muted                    inbox_mute
inbox/<>/muted/undo               inbox_unmute
inbox/<>/less                     inbox_less
inbox/<>/less/undo                inbox_as_before

spaces                            spaces_listed
spaces/new                        spaces_make
spaces/new/similar                spaces_listed
spaces/<>/                        spaces_show items_listed spaces_seen
spaces/<>/questions               items_listed spaces_seen
spaces/<>/articles                items_listed spaces_seen
spaces/<>/about                   spaces_show
spaces/<>/members                 spaces_members spaces_requests
spaces/<>/members/<>/<>           spaces_set_standing spaces_send_out
spaces/<>/requests/<>/<>          spaces_let_in spaces_turn_away
spaces/<>/invitations             spaces_invite
spaces/<>/joined                  spaces_show spaces_join
spaces/<>/joined/undo             spaces_leave
spaces/<>/joined/again            spaces_come_back
spaces/<>/rules                   spaces_accept_rules
spaces/<>/level/<>                spaces_set_level
spaces/<>/settings                spaces_show spaces_change
spaces/<>/access                  spaces_set_access
spaces/<>/owner                   spaces_set_owner administration_hand_on
spaces/<>/parent                  nesting_put_in
spaces/<>/parent/undo             nesting_put_back
spaces/<>/archived                spaces_archive
spaces/<>/archived/undo           spaces_unarchive
spaces/<>/followed                marks_followed_space
spaces/<>/followed/undo           marks_no_longer_followed_space
spaces/<>/muted                   marks_muted_space
spaces/<>/muted/undo              marks_no_longer_muted_space
spaces/<>/feeds                   feeds_outside feeds_let_in
spaces/<>/feeds/<>/remove         feeds_remove
spaces/<>/feeds/<>/look           feeds_look
spaces/<>/export                  exports_listed exports_ask

q/<>                              items_show items_replies marks_seen
q/<>/<>                           items_show items_replies marks_seen
q/<>/answers                      items_replies items_make marks_seen
q/<>/accepted/<>                  texts_accept
q/<>/accepted/<>/undo             texts_unaccept
a/<>                              items_show items_replies marks_seen
a/<>/<>                           items_show items_replies marks_seen
p/<>                              items_show items_replies marks_seen
items/<>                          items_show
items/<>/beside                   beside_related knowing_who_may_know texts_links
items/<>/links                    texts_links texts_link
items/<>/links/<>/undo            texts_unlink
items/<>/alike                    beside_related
items/<>/seen                     marks_seen
items/<>/comments                 items_replies items_make
items/<>/helped                   marks_helped marks_helped_whom
items/<>/helped/undo              marks_not_helped
items/<>/saved                    marks_save
items/<>/saved/undo               marks_unsave
items/<>/react                    items_show marks_react
items/<>/reactions/<>             marks_react
items/<>/reactions/<>/undo        marks_unreact
items/<>/followed                 marks_followed_item
items/<>/followed/undo            marks_no_longer_followed_item
items/<>/muted                    marks_muted_item
items/<>/muted/undo               marks_no_longer_muted_item
items/<>/rate                     marks_rated marks_rate
items/<>/rate/undo                marks_unrate
items/<>/recommend                marks_recommended marks_recommend
items/<>/recommend/offers         search_suggest
colleagues/offers                 search_suggest
items/<>/recommend/<>/undo        marks_take_back_recommendation
items/<>/flag                     marks_flagged marks_flag
items/<>/flag/undo                marks_unflag
items/<>/checked                  checks_listed checks_check
items/<>/checked/undo             checks_uncheck
items/<>/checked/<>/taken-away    checks_take_away
items/<>/tags                     texts_tag
items/<>/tags/offers              search_suggest
items/<>/tags/<>/undo             texts_untag
items/<>/highlighted              texts_highlight
items/<>/highlighted/undo         texts_take_down
items/<>/edit                     items_show items_change texts_set_topics
items/<>/history                  texts_revisions
items/<>/history/<>/restore       texts_restore_revision
items/<>/moved                    texts_move
items/<>/moved/undo               texts_move
items/<>/remove                   items_remove
items/<>/restore                  items_restore
compose                           items_make search_kinds spaces_accept_rules
compose/rules                     spaces_show
compose/similar                   beside_similar
preview                           beside_preview
drafts/<>                         - what a browser keeps while somebody types; programs keep drafts as items
attachments                       files_attach files_describe
attachments/<>/described          files_describe
attachments/<>/undo               files_take_off
files/<>/<>                       files_content files_show
me/drafts                         items_own
me/drafts/<>/published            texts_publish
me/drafts/<>/scheduled            texts_set_schedule
me/drafts/<>/thrown-away          items_remove
me/drafts/<>/back                 items_restore

people                            people_listed connections_facets
people/<>                         people_show
people/<>/wall                    items_listed
people/<>/blog                    items_listed
people/<>/answers                 items_listed
people/<>/articles                items_listed
people/<>/followed                marks_followed_person
people/<>/followed/undo           marks_no_longer_followed_person
people/<>/muted                   marks_muted_person
people/<>/muted/undo              marks_no_longer_muted_person
portraits/<>                      me_photo
who-knows                         knowing_who_knows
who-knows/beside                  knowing_who_knows
me/known-for                      knowing_own knowing_choose
me/known-for/<>/hidden            knowing_hide
me/known-for/<>/hidden/undo       knowing_unhide
topics/<>                         feed_show items_listed
topics/<>/merge                   feed_show feed_merge
topics/<>/followed                marks_followed_topic
topics/<>/followed/undo           marks_no_longer_followed_topic
topics/<>/muted                   marks_muted_topic
topics/<>/muted/undo              marks_no_longer_muted_topic

people/<>/both-know               connections_both_know
people/<>/card.vcf                connections_card
people/<>/connect                 connections_tie connections_connect
people/<>/connection/accepted     connections_connect
people/<>/connection/accepted/undo connections_undo
people/<>/connection/declined     connections_disconnect
people/<>/connection/declined/undo connections_undo
people/<>/connection/ended        connections_disconnect
people/<>/connection/ended/undo   connections_undo
people/<>/introduce               connections_introduce
people/<>/introduce/offers        search_suggest
introductions/<>/met              connections_answer
introductions/<>/declined         connections_answer
introductions/<>/answered/undo    connections_unanswer
introductions/<>/taken-back       connections_take_back
me/connections                    connections_mine connections_introductions
me/connections/requests           connections_requests
me/connections/alike              connections_alike
me/connections/seen               connections_choose
teams                             teams_find_team
teams/skills                      search_suggest
teams/space                       spaces_make spaces_invite
suggestions                       recommendations_suggested
me/not-for-me                     recommendations_refused
me/not-for-me/<>/taken-back       recommendations_taken_back
items/<>/not-for-me               recommendations_item_not_for_me
items/<>/not-for-me/undo          recommendations_item_for_me
people/<>/not-for-me              recommendations_person_not_for_me
people/<>/not-for-me/undo         recommendations_person_for_me
spaces/<>/not-for-me              recommendations_space_not_for_me
spaces/<>/not-for-me/undo         recommendations_space_for_me
topics/<>/not-for-me              recommendations_topic_not_for_me
topics/<>/not-for-me/undo         recommendations_topic_for_me

mentoring                         mentoring_mine mentoring_mentors
mentoring/mentors                 mentoring_mentors
mentoring/ask/<>                  mentoring_offered mentoring_ask
mentoring/beside/<>               mentoring_offered
mentoring/mentor                  mentoring_offered mentoring_offer
mentoring/mentor/paused           mentoring_pause
mentoring/mentor/paused/undo      mentoring_go_on
mentoring/wishes                  mentoring_wishes mentoring_wish
mentoring/numbers                 mentoring_numbers
mentoring/<>                      mentoring_show
mentoring/<>/accepted             mentoring_answer
mentoring/<>/declined             mentoring_answer
mentoring/<>/withdrawn            mentoring_withdraw
mentoring/<>/agreement            mentoring_show mentoring_propose
mentoring/<>/agreed               mentoring_agree
mentoring/<>/goals                mentoring_set_goal
mentoring/<>/goals/<>             mentoring_move_goal
mentoring/<>/goals/<>/let-go      mentoring_let_goal_go
mentoring/<>/meetings             mentoring_show mentoring_plan
mentoring/<>/meetings.ics         mentoring_show
mentoring/<>/meetings/<>          mentoring_show mentoring_own_note
mentoring/<>/meetings/<>/moved    mentoring_move
mentoring/<>/meetings/<>/called-off mentoring_settle
mentoring/<>/meetings/<>/done     mentoring_settle
mentoring/<>/meetings/<>/missed   mentoring_settle
mentoring/<>/meetings/<>/note     mentoring_note
mentoring/<>/meetings/<>/own-note mentoring_own_note mentoring_note_alone
mentoring/<>/meetings/<>/meeting.ics mentoring_show
mentoring/<>/closed               mentoring_close
mentoring/<>/feedback             mentoring_give_feedback

me/settings                       people_me people_change
me/settings/photo                 people_photo
me/settings/photo/remove          people_remove_photo
me/feeds                          feeds_keys feeds_key feeds_subscribe
me/feeds/new                      feeds_subscribe
me/feeds/<>/end                   feeds_end
me/export                         exports_listed exports_show exports_ask
me/exports/<>                     exports_content exports_content_everything
me/exports/<>/thrown-away         exports_throw_away exports_throw_everything_away
start                             me_first_steps people_change marks_followed_topic marks_no_longer_followed_topic
start/suggested                   me_first_steps
start/spaces                      me_first_steps spaces_join
start/people                      me_first_steps marks_followed_person marks_no_longer_followed_person
start/question                    items_make me_finish
start/finish                      me_finish

studio/care                       care_desk
studio/care/log                   care_log
studio/care/<>                    care_decide
studio/care/messages              care_messages
studio/care/messages/<>           care_decide_report
studio/care/<>/undo               care_undecide
studio/people                     administration_listed
studio/people/new                 administration_add
studio/people/<>                  administration_show administration_change
studio/people/<>/invitation       administration_invitation administration_invite
studio/people/<>/left             administration_leave
studio/people/<>/back             administration_come_back
studio/people/<>/signed-out       administration_sign_out
studio/people/<>/same             administration_join_with
studio/settings                   administration_organisation administration_rename administration_set_logo
studio/settings                   administration_remove_logo
studio/export                     exports_listed_everything exports_show_everything exports_ask_everything
studio/webhooks                   webhooks_listed
studio/webhooks/new               webhooks_choices webhooks_add
studio/webhooks/<>                webhooks_show webhooks_deliveries
studio/webhooks/<>/edit           webhooks_change
studio/webhooks/<>/secret         webhooks_renew_secret
studio/webhooks/<>/test           webhooks_send_test
studio/webhooks/<>/off            webhooks_switch_off
studio/webhooks/<>/off/undo       webhooks_switch_on
studio/webhooks/<>/remove         webhooks_remove
studio/webhooks/<>/deliveries/<>  webhooks_delivery
studio/webhooks/<>/deliveries/<>/again webhooks_send_again

spaces/<>/feed.atom               - a feed is for feed readers, with a key of its own; programs list items
topics/<>/feed.atom               - a feed is for feed readers, with a key of its own; programs list items
people/<>/feed.atom               - a feed is for feed readers, with a key of its own; programs list items
search/feed.atom                  - a feed is for feed readers, with a key of its own; programs search
from/<>/<>                        - leads a browser on from an address of a former community
logos/<>                          - open to everybody, without a token
sw.js                             - of the browser
manifest.webmanifest              - of the browser
offline                           - of the browser
health                            - for whoever watches the server
styles                            - shows every part of a page to whoever writes one
api                               - leads to the page that explains the API
api/                              - explains the API
api/openapi.json                  - the specification itself
                                  - the front door: sends a browser to sign in or to Home
welcome                           - the first run, once, by whoever set the installation up
invitation/<>                     - how somebody gets in; a token has got in already
sign-in                           - how somebody gets in; a token has got in already
sign-out                          - ends a browser's session
sign-in/closed                    - how somebody gets in; a token has got in already
sign-in/code                      - how somebody gets in; a token has got in already
sign-in/code/confirm              - how somebody gets in; a token has got in already
sign-in/passkey                   - how somebody gets in; a token has got in already
sign-in/second-step               - how somebody gets in; a token has got in already
sign-in/forgotten                 - how somebody gets in; a token has got in already
sign-in/forgotten/sent            - how somebody gets in; a token has got in already
sign-in/forgotten/done            - how somebody gets in; a token has got in already
sign-in/forgotten/<>-<>           - how somebody gets in; a token has got in already
me/security                       - a token that was stolen must not become an account that was stolen
me/security/password              - a token that was stolen must not become an account that was stolen
me/security/password/first        - a token that was stolen must not become an account that was stolen
me/security/confirm               - a token that was stolen must not become an account that was stolen
me/security/confirm/code          - a token that was stolen must not become an account that was stolen
me/security/confirm/passkey       - a token that was stolen must not become an account that was stolen
me/security/app                   - a token that was stolen must not become an account that was stolen
me/security/app/off               - a token that was stolen must not become an account that was stolen
me/security/recovery-codes        - a token that was stolen must not become an account that was stolen
me/security/recovery-codes/new    - a token that was stolen must not become an account that was stolen
me/security/recovery-codes/download - a token that was stolen must not become an account that was stolen
me/security/passkeys              - a token that was stolen must not become an account that was stolen
me/security/passkeys/new          - a token that was stolen must not become an account that was stolen
me/security/passkeys/<>/remove    - a token that was stolen must not become an account that was stolen
me/security/passkeys/<>/edit      - a token that was stolen must not become an account that was stolen
me/security/sessions              - a token that was stolen must not become an account that was stolen
me/tokens                         - a token must not outlive itself by making another
me/tokens/<>/agreed               - a token must not outlive itself by making another
me/tokens/<>/ended                - a token must not outlive itself by making another
studio/tokens                     - a token must not outlive itself by making another
studio/tokens/<>/ended            - a token must not outlive itself by making another
"""

NO_ACTS = {
    "doors.api.acts.agree": "a token must not outlive itself by making another",
    "doors.api.acts.make_token": "a token must not outlive itself by making another",
    "doors.api.acts.end_token": "belongs to the making of tokens, on the same pages",
    "spine.conversations.acts.say.sent_before": "finds a message by the key of its form; programs send Idempotency-Key",
    "spine.content.acts.attach.take_file": "takes a file of this machine in, for importers",
    "spine.people.acts.change_lines": "writes a whole reporting line at once, for importers",
    "spine.content.acts.remove.hold_by_rule": "follows from the flags of several people, see the acts of flagging",
}
"""Acts that no operation reaches, and why."""

ASKING = re.compile(r"(may|check|must)_|(spaces_for|places_for|standing_of|lately_left)\Z")
"""Names of functions beside the acts that only say whether somebody may, or how they stand."""


def answered() -> dict[str, list[str]]:
    """Return page → operations; for a page without any, the reason as one sentence that begins with a dash."""
    found: dict[str, list[str]] = {}
    for line in filter(str.strip, OPERATIONS.splitlines()):
        page, _space, rest = line.partition(" ")
        words = rest.strip()
        found.setdefault(page, []).extend([words] if words.startswith("- ") else words.split())
    return found


def spelt(route: str) -> str:
    """Return a route as the table spells it: "q/<int:item_id>" as "q/<>", an expression by its named parts."""
    plain = re.sub(r"\(\?P<\w+>[^)]*\)", "<>", route).removeprefix("^").removesuffix("$")
    return re.sub(r"<\w+:\w+>", "<>", plain)
